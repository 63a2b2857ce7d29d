"""Feeds, sitemaps and list pages for servers of tests."""

from __future__ import annotations

from collections.abc import Iterable

from tests.servers.raw import response


def feed(urls: Iterable[str], **options: object) -> bytes:
    items = "".join(f"<item><title>Report {n}</title><link>{url}</link></item>" for n, url in enumerate(urls))
    text = (
        f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>News</title>{items}</channel></rss>"
    )
    return response(text.encode(), content_type="application/rss+xml", **options)  # type: ignore[arg-type]


def sitemap(urls: Iterable[str]) -> bytes:
    places = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    text = f"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{places}</urlset>"
    return response(text.encode(), content_type="application/xml")


def sitemap_index(urls: Iterable[str]) -> bytes:
    places = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    text = f"<?xml version='1.0'?><sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{places}</sitemapindex>"
    return response(text.encode(), content_type="application/xml")


def article(number: int) -> bytes:
    return response(f"<html><h1>Report {number}</h1><p>{'text ' * 50}</p></html>".encode())

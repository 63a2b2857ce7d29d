"""The description of the API is a page of ours: nothing from outside, no breach of the content policy."""

from playwright.sync_api import Page, expect


def test_the_description_shows_in_a_browser_and_can_be_tried(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/api/docs")
    expect(page.get_by_text("/api/v1/snapshots", exact=True)).to_be_visible()
    page.get_by_text("/api/v1/channels", exact=True).click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute", exact=True).click()
    expect(page.get_by_text('"items"').first).to_be_visible()
    assert all(url.startswith((site, "data:", "blob:")) for url in asked), asked

"""What the customer does with the link on a phone of their own."""

from playwright.sync_api import Page, expect

from tests.journeys.hands import write_name


def open_link(page: Page, link: str, personal: list[str]) -> None:
    """The landing says nothing about anybody; the last four digits open it."""
    page.goto(link)
    expect(page.get_by_role("button", name="开始查看")).to_be_visible()
    shown = page.content()
    assert not [text for text in personal if text in shown], "the landing is for everybody's eyes"
    page.get_by_role("button", name="开始查看").click()


def identify(page: Page, phone: str) -> None:
    """The last four digits of the phone on file."""
    for n, digit in enumerate(phone[-4:], 1):
        page.fill(f"[name=d{n}]", digit)
    page.get_by_role("button", name="下一步").click()


def choose(page: Page, title: str, words: str) -> None:
    """Tap one of the four answers of a line."""
    page.locator("article.line", has_text=title).locator(".choices").first.get_by_label(words, exact=True).check()


def check(page: Page) -> None:
    """Everything once more, with the sums."""
    page.get_by_role("button", name="去核对").click()
    expect(page.locator("h1")).to_have_text("请核对，然后签字")


def sign(page: Page) -> None:
    """By finger, over the whole screen."""
    page.get_by_role("link", name="确认无误，去签字").click()
    expect(page.locator("sign-sheet[data-ready] canvas")).to_be_visible()
    write_name(page)
    page.get_by_role("button", name="提交签字").click()
    expect(page.locator("h1")).to_have_text("已确认，我们开始施工")


def paper(page: Page) -> bytes:
    """The signed paper, once it is made."""
    link = page.get_by_role("link", name="下载 PDF")
    expect(link).to_be_visible(timeout=60_000)
    answer = page.request.get(str(link.get_attribute("href")))
    return answer.body()

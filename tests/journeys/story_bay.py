"""What a technician does on the phone, with and without the shop in reach."""

from playwright.sync_api import Page, expect

from tests.journeys.hands import picture_file


def enrol(page: Page, digits: str) -> None:
    """Type the six digits; wait until cars, lists and the shell are on the phone."""
    page.goto("/bay/")
    for digit in digits:
        page.get_by_role("button", name=digit, exact=True).click()
    expect(page.locator(".car-block")).to_be_visible()
    expect(page.locator("main")).to_contain_text("检查")
    expect(page.locator(".pill")).to_contain_text("都到店里了")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")


def open_car(page: Page, plate: str) -> None:
    """From the list of cars to one of them."""
    page.locator("a", has=page.locator(".plate", has_text=plate[-4:])).first.click()
    expect(page.locator(".said")).to_be_visible()


def measure(page: Page, zone: str, point: str, digits: str, grade: str) -> None:
    """Open the inspection, the zone, the point; type the value, which grades itself."""
    page.locator("a.row-link[href$='/inspection']").click()
    page.locator(f"a.row-link[href$='/zone/{zone}']").click()
    page.locator(f"main a[href$='/point/{point}']").first.click()
    for digit in digits:
        page.get_by_role("button", name=digit, exact=True).click()
    expect(page.locator(f".grade[data-state={grade}]")).to_have_attribute("aria-pressed", "true")


def photograph(page: Page) -> None:
    """Choose one picture of the phone, and be done."""
    with page.expect_file_chooser() as chooser:
        page.get_by_text("相册").click()
    chooser.value.set_files([picture_file()])
    expect(page.locator(".shots figure")).to_have_count(1)
    page.get_by_role("link", name="拍完了").click()


def photograph_finding(page: Page) -> None:
    """From the judged point to the camera and back."""
    page.get_by_role("button", name="拍照").click()
    photograph(page)


def propose(page: Page, operation: str) -> None:
    """Put the suggested work forward, every related one answered."""
    page.get_by_role("link", name="提加项").click()
    expect(page.locator("h1")).to_contain_text(operation)
    for question in page.locator("fieldset").all():
        question.get_by_role("radio", name="不需要").check()
    page.get_by_role("button", name="提交").click()
    expect(page.locator("h1")).to_contain_text("存在本机")


def waits_for_customer(page: Page, operation: str) -> None:
    """Work nobody has agreed to stands among the waiting and has nothing to press."""
    closed = page.locator(".task[data-closed=waiting]", has_text=operation)
    expect(closed).to_be_visible()
    expect(closed.get_by_role("button")).to_have_count(0)


def begin(page: Page, operation: str) -> None:
    """Start one job."""
    page.locator(".task", has_text=operation).get_by_role("button", name="开始").click()
    expect(page.locator("aside.running").get_by_role("link", name="干完了")).to_be_visible()


def finish(page: Page) -> None:
    """Finish the running job and photograph what was fitted."""
    page.locator("aside.running").get_by_role("link", name="干完了").click()
    page.get_by_role("button", name="干完了").click()
    page.locator(".dock").get_by_role("link", name="拍装好以后").click()
    photograph(page)


def back_to_car(page: Page) -> None:
    """From a finished job to what else this car needs."""
    page.get_by_role("link", name="回这台车").click()


def acknowledge(page: Page) -> None:
    """What the shop refused is read, and the technician goes to the advisor."""
    page.locator(".pill").click()
    expect(page.locator(".said")).to_be_visible()
    page.get_by_role("button", name="停下，去找顾问").click()
    expect(page.locator(".pill")).to_contain_text("到店了")


def end_inspection(page: Page) -> None:
    """Leave the list as it is; what was not looked at stays not checked."""
    page.get_by_role("link", name="返回").click()
    page.locator("a.row-link[href$='/inspection']").click()
    page.get_by_role("button", name="就查到这").click()


def hand_to_check(page: Page) -> None:
    """All done: the car goes to the quality check."""
    page.get_by_role("link", name="这台车交质检").click()
    page.get_by_role("button", name="这台车交质检").click()
    expect(page.get_by_role("heading", name="我的车")).to_be_visible()

"""What reception, the manager, the inspector and the cashier do on the tablet and at the desk, in the shop's words."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.hands import picture_file, write_name

CUSTOMER_SAID = "早上冷车轻踩刹车，前面吱吱响；顺便做个保养。"


def search(page: Page, typed: str) -> None:
    """Type into the one search box that every page has."""
    page.locator("#q").fill(typed)
    expect(page.locator("search-results .hit").first).to_be_visible()


def receive(page: Page, plate: str) -> None:
    """Found by its plate, the car is taken on at once."""
    search(page, plate[2:])
    page.locator(".hit", has=page.locator(".plate", has_text=plate[-4:])).get_by_role("button", name="接车").click()
    page.wait_for_url("**/walk")


def walk_around(page: Page, last_km: int) -> None:
    """The odometer, one scratch with its photo, the fuel; a figure below the last one is asked about."""
    doubtful = last_km - 1_000
    read_odometer(page, str(doubtful))
    expect(page.locator("#mileage_km-fault")).to_be_visible()
    expect(page.locator("#mileage_km")).to_have_value(str(doubtful))
    expect(page.get_by_text("换过里程表", exact=True)).to_be_visible()
    page.reload()
    expect(page.locator("#mileage_km")).to_have_value(str(doubtful))
    read_odometer(page, str(last_km + 6_200))
    expect(page.locator("#mileage_km-fault")).to_have_count(0)
    expect(page.locator("#mileage_km")).to_have_value(f"{last_km + 6_200:,}")
    mark_damage(page, "左前门", "划痕")
    page.locator(".eighths").get_by_text("5", exact=True).click()
    page.get_by_role("button", name="下一步：客户的话").click()
    page.wait_for_url("**/words")


def read_odometer(page: Page, figure: str) -> None:
    """Type it and leave the field, which saves it."""
    page.fill("#mileage_km", figure)
    with page.expect_response("**/odometer"):
        page.press("#mileage_km", "Tab")


def mark_damage(page: Page, part: str, kind: str) -> None:
    """Tap the part on the drawing, say what it is, photograph it."""
    page.get_by_role("button", name=part, exact=True).click()
    page.locator("#kinds").get_by_role("button", name=kind).click()
    expect(page.locator("#marks")).to_contain_text(f"{part} {kind}")
    with page.expect_file_chooser() as chooser:
        page.locator("#next").get_by_role("button", name="拍第 1 处").click()
    chooser.value.set_files(picture_file())
    expect(page.locator("#marks img.thumb")).to_be_visible()


def hear(page: Page) -> None:
    """The customer's own words and wishes; a reload in the middle loses nothing."""
    page.fill("#customer_words", CUSTOMER_SAID)
    for group, wish in (("#customer_waits", "先走"), ("#old_parts", "带走")):
        with page.expect_response("**/entries"):
            page.locator(group).get_by_text(wish, exact=True).click()
    expect(page.get_by_role("link", name="下一步：项目与时间")).to_be_visible()
    page.reload()
    expect(page.locator("#customer_words")).to_have_value(CUSTOMER_SAID)
    page.get_by_role("link", name="下一步：项目与时间").click()


def agree_on_work(page: Page, title: str) -> None:
    """Work from the catalogue and a time."""
    page.get_by_role("button", name="加项目").first.click()
    page.fill("#operation-q", title)
    found = page.locator("#operations .rows > div", has_text=title)
    found.get_by_role("button", name="加", exact=True).click()
    expect(page.locator("table.items")).to_contain_text(title)
    page.get_by_role("button", name="好了").click()
    page.locator("#times label").nth(2).click()
    page.get_by_role("link", name="下一步：请客户签字").click()
    page.wait_for_url("**/sign")


def sign_contract(page: Page, technician: str) -> None:
    """The customer reads and signs on the tablet; the technician who gets the car is named."""
    expect(page.locator(".scroll").first).to_contain_text(CUSTOMER_SAID)
    for pick in page.locator("label.pick:has(input:checked)").all():
        pick.click()
    page.locator("label.pick", has_text=technician).click()
    write_name(page)
    page.get_by_role("button", name="确认开单").click()
    page.wait_for_url(re.compile("/orders/[0-9a-f-]+$"))
    expect(page.get_by_role("main")).to_contain_text(technician)


def code_for_phone(page: Page, name: str) -> str:
    """Six digits for one technician's phone."""
    page.goto("/workshop/devices")
    page.select_option("#staff_id", label=name)
    page.get_by_role("button", name="发登记码").click()
    return page.locator(".big-code").inner_text().replace(" ", "")


def watch_board(page: Page, order: str) -> None:
    """Stand before the board with the car among those the workshop has; a mark shows later that nobody reloaded."""
    page.goto("/approval")
    expect(page.locator(f"[data-party=workshop] #car-{order}")).to_be_visible()
    page.evaluate("() => { window.standing = true }")


def still_standing(page: Page) -> bool:
    """Whether it is the very page that was opened, never loaded again."""
    return bool(page.evaluate("() => window.standing === true"))


def take_in(page: Page, order: str) -> None:
    """What just came is announced in a strip; taken in, it stands where it waits for the desk."""
    page.get_by_role("button", name="排进名单").click()
    expect(page.locator(f"[data-party=desk] #car-{order}")).to_be_visible()


def open_from_board(page: Page, order: str, button: str) -> None:
    """Press the one next action of a car on the whole shop's board."""
    page.goto("/approval?of=all")
    page.locator(f"#car-{order}").get_by_role("link", name=button).click()


def review(page: Page) -> None:
    """The second person makes the words plain, answers what is open and passes it."""
    passed = page.get_by_role("button", name="复核通过")
    expect(passed).to_be_visible()
    before = page.url
    passed.click()
    page.wait_for_url(lambda url: url != before)


def price_and_send(page: Page, order: str, discounted: str) -> None:
    """A small discount with its reason on one line, then the version is frozen."""
    page.locator(f"#car-{order}").get_by_role("link", name="去报价").click()
    page.get_by_role("link", name=discounted).click()
    page.fill("#discount", "20")
    page.fill("#price-reason", "老客户，抹零")
    page.get_by_role("button", name="就按这个价").click()
    expect(page.locator("tr", has_text=discounted)).to_contain_text("−20.00")
    page.get_by_role("button", name="冻结并发送").click()
    page.wait_for_url("**/sending")


def copied_link(page: Page) -> str:
    """A link made for the customer, as the copy button takes it."""
    page.get_by_role("button", name="出链接").click()
    page.get_by_role("button", name="复制").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    return page.locator("copy-text input").input_value()


def check_quality(page: Page, plate: str) -> None:
    """The inspector answers every item, one after the other."""
    page.goto("/workshop")
    page.locator("a", has=page.locator(".plate", has_text=plate[-4:])).click()
    page.get_by_role("button", name="开始质检").click()
    items = page.locator("#check .rows > div")
    expect(items.first).to_be_visible()
    for n in range(items.count()):
        value = items.nth(n).locator("[name=value]")
        if value.count():
            value.fill("110")
        items.nth(n).get_by_role("button", name="合格", exact=True).click()
        expect(items.nth(n).locator("[data-state=good]")).to_be_visible()
    page.get_by_role("button", name="合格，可以交车").click()
    page.wait_for_url("**/workshop")


def settle(page: Page, order: str, total: str) -> None:
    """The list is drawn up from what was agreed, confirmed, and paid."""
    page.goto(f"/orders/{order}/settlement")
    page.get_by_role("button", name="开结算清单").click()
    expect(page.locator("tfoot")).to_contain_text(total)
    page.locator("#confirm").get_by_label("客户收回").check()
    page.get_by_role("button", name="确认清单").click()
    page.locator("#pay").get_by_label("微信").check()
    expect(page.locator("#amount")).to_have_value(total)
    page.get_by_role("button", name="收款并登记").click()
    expect(page.locator("#deliver")).to_be_visible()


def hand_over(page: Page) -> None:
    """Everything explained, the next service named, the customer signs and drives off."""
    for tick in page.locator("#deliver input[type=checkbox]").all():
        tick.check()
    expect(page.locator("#next_service_on")).not_to_have_value("")
    page.locator("#deliver .choices").get_by_label("客户收回").check()
    page.fill("#opinion", "刹车不响了，谢谢。")
    write_name(page)
    page.get_by_role("button", name="签字交车").click()
    expect(page.locator("h2", has_text="已交车")).to_be_visible()


def take_up(page: Page, title: str) -> None:
    """Work put off at an earlier visit is offered at the right; one tap puts it on the order."""
    offer = page.locator("#items .rows > div", has_text=title)
    offer.get_by_role("button", name="加").click()
    expect(page.locator("table.items tr", has_text=title)).to_contain_text("上次推迟的")

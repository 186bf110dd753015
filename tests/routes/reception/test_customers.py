"""Customers' files: what a form may hold, what it asks, who may look."""

import html
from uuid import UUID

import pytest
from sqlalchemy import select

from app.domain.office.staff import Role
from app.models.history_line import HistoryLine
from app.models.reception.customer import Customer
from app.models.reception.vehicle import Vehicle
from tests.builders import customer, repair_order, save, vehicle
from tests.house import Browser, House, Statements

NEW = {"name": "陆思远", "phone": "139 1111 2222", "plate": "沪b·27k31", "mileage_km": "12,000"}


@pytest.fixture
def advisor(house: House) -> Browser:
    return house.log_in(Role.ADVISOR)


def known(house: House) -> Vehicle:
    with house.database.writing() as db:
        return save(db, vehicle(owner=customer(), plate="浙A7K35M"))


def count(house: House) -> int:
    with house.database.reading() as db:
        return len(db.scalars(select(Customer.id)).all())


@pytest.mark.rule("R-CORE-1")
def test_an_unknown_customer_gets_a_file_and_goes_straight_to_the_car(house: House, advisor: Browser) -> None:
    answer = advisor.post("/reception/customers", {**NEW, "arrive": "1"})
    assert answer.headers["location"].endswith("/walk")
    with house.database.reading() as db:
        car = db.scalars(select(Vehicle)).one()
        assert (car.plate, car.mileage_km, car.owner.phone, car.owner.initials) == ("沪B27K31", 12_000, "13911112222", "lsy")


@pytest.mark.rule("AE-004", "A-09")
def test_an_empty_phone_or_plate_is_refused_and_what_was_typed_stays(house: House, advisor: Browser) -> None:
    answer = advisor.post("/reception/customers", {**NEW, "phone": "", "plate": ""})
    assert answer.status_code == 422
    assert 'value="陆思远"' in answer.text
    assert answer.text.count('aria-invalid="true"') == 2
    assert count(house) == 0


@pytest.mark.rule("A-08")
def test_a_phone_of_another_file_is_a_question_with_that_file(house: House, advisor: Browser) -> None:
    owner = known(house).owner_id
    form = {**NEW, "phone": "13812346021"}
    answer = advisor.post("/reception/customers", form)
    assert answer.status_code == 422
    assert "沈雨桐" in answer.text
    assert f"/reception/customers/{owner}" in answer.text
    assert count(house) == 1
    assert advisor.post("/reception/customers", {**form, "phone_is_shared": "on"}).status_code == 303
    assert count(house) == 2


def test_a_plate_of_another_file_is_asked_about_and_the_car_keeps_its_history(house: House, advisor: Browser) -> None:
    car = known(house)
    form = {**NEW, "plate": "浙A·7K35M"}
    assert advisor.post("/reception/customers", form).status_code == 422
    assert advisor.post("/reception/customers", {**form, "owner_changed": "on"}).status_code == 303
    with house.database.reading() as db:
        assert db.scalars(select(Vehicle)).one().owner.name == "陆思远"
        assert db.scalars(select(Vehicle.id)).one() == car.id


@pytest.mark.parametrize(("field", "value", "sentence"), [
    ("plate", "浙A7K3", "不像车牌"), ("plate", "浙AD1208O", "不像车牌"), ("vin", "LSVAA4182E212345", "17 位"),
    ("vin", "LSVAA4182E2123457", "校验位"), ("phone", "1381234602", "不是电话号码"), ("mileage_km", "很多", "再看一眼"),
    ("name", "名" * 41, "1 到 40"), ("name", "a\ue000b", "存不了"), ("purchased_on", "2027-01-01", "还没到"),
    ("registered_on", "last May", "不是日期"),
])
def test_each_doubtful_entry_comes_back_with_its_sentence(advisor: Browser, field: str, value: str, sentence: str) -> None:
    answer = advisor.post("/reception/customers", {**NEW, field: value})
    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize("name", ["䶮𬱖", "阿依古丽·买买提江", "名" * 40, "Michael Hartmann", "O'Neill <b>"])
@pytest.mark.parametrize("plate", ["浙A7K35M", "浙AD12086", "粤B12345D"])
def test_rare_names_and_plates_of_both_kinds_are_kept_as_written(advisor: Browser, name: str, plate: str) -> None:
    page = advisor.post("/reception/customers", {**NEW, "name": name, "plate": plate}).headers["location"]
    assert html.escape(name) in advisor.get(page).text.replace("&#39;", "&#x27;")


def test_a_vin_compared_with_the_car_is_taken(advisor: Browser) -> None:
    form = {**NEW, "vin": "LSVAA4182E2123457", "vin_confirmed": "on"}
    assert advisor.post("/reception/customers", form).status_code == 303


@pytest.mark.parametrize(("q", "field"), [("139", "plate"), ("13911", "phone"), ("陆思", "name"), ("浙A7K35M", "plate"),
                                          ("LSVAA4182E2123456", "vin")])
def test_what_was_searched_for_is_in_the_field_it_belongs_to(advisor: Browser, q: str, field: str) -> None:
    assert f'name="{field}" type' in advisor.get(f"/reception/customers/new?q={q}").text
    line = next(part for part in advisor.get(f"/reception/customers/new?q={q}").text.split("<input") if f'name="{field}"' in part)
    assert f'value="{q}"' in line


@pytest.mark.rule("V-11")
def test_the_whole_phone_is_shown_on_request_only_and_that_is_noted(house: House, advisor: Browser) -> None:
    owner: UUID = known(house).owner_id
    assert "13812346021" not in advisor.get(f"/reception/customers/{owner}").text
    assert "13812346021" in advisor.as_htmx().post(f"/reception/customers/{owner}/phone-views").text
    with house.database.reading() as db:
        line = db.scalars(select(HistoryLine).where(HistoryLine.event == "customer.phone_shown")).one()
        assert (line.subject_id, line.by_id) == (owner, advisor.staff_id)


def test_a_file_is_corrected_without_keeping_old_personal_data_in_the_history(house: House, advisor: Browser) -> None:
    owner = known(house).owner_id
    form = {"name": "沈雨彤", "phone": "13812346021", "contact_channel": "wechat"}
    assert advisor.post(f"/reception/customers/{owner}/correction", form).status_code == 303
    with house.database.reading() as db:
        line = db.scalars(select(HistoryLine).where(HistoryLine.event == "customer.file_corrected")).one()
        assert "name" in line.facts["fields"]
        assert "沈雨桐" not in str(line.facts)
        assert db.get_one(Customer, owner).initials == "syt"


def test_older_visits_come_page_by_page_and_a_page_that_does_not_exist_is_said_so(house: House, advisor: Browser) -> None:
    with house.database.writing() as db:
        owner = save(db, repair_order()).customer_id
    assert advisor.get(f"/reception/customers/{owner}").status_code == 200
    assert advisor.get(f"/reception/customers/{owner}/visits?before=2020-01-01T00:00:00%2B00:00~{owner}").status_code == 200
    assert advisor.get(f"/reception/customers/{owner}/visits?before=nonsense").status_code == 422


def test_a_further_car_joins_the_file(house: House, advisor: Browser) -> None:
    owner = known(house).owner_id
    page = advisor.post(f"/reception/customers/{owner}/vehicles", {"plate": "浙AD12086"}).headers["location"]
    assert "浙A·D12086" in advisor.get(page).text
    assert advisor.post(f"/reception/customers/{owner}/vehicles", {"plate": "?"}).status_code == 422


def test_a_file_is_shown_to_its_own_store_only(house: House) -> None:
    path = f"/reception/customers/{known(house).owner_id}"
    assert house.neighbour(Role.ADVISOR).get(path).status_code == 404
    assert house.neighbour(Role.ADVISOR).post(f"{path}/phone-views").status_code == 404
    assert house.log_in(Role.TECHNICIAN).get(path).status_code == 403
    assert house.stranger().get(path).status_code == 303


def test_the_order_list_keeps_its_number_of_statements_and_pages_by_key(house: House, advisor: Browser) -> None:
    def statements() -> int:
        with Statements(house.database) as counted:
            assert advisor.get("/orders").status_code == 200
        return len(counted)

    with house.database.writing() as db:
        save(db, repair_order())
    before = statements()
    with house.database.writing() as db:
        save(db, *[repair_order() for _ in range(55)])
    assert statements() == before
    page = advisor.get("/orders").text
    older = html.unescape(page.split('rel="next" href="')[1].split('"')[0])
    assert advisor.get(older).text.count('<td><span class="plate">') == 6


def test_an_order_page_is_for_its_own_store(house: House, advisor: Browser) -> None:
    with house.database.writing() as db:
        path = f"/orders/{save(db, repair_order()).id}"
    assert "更换机油机滤" in advisor.get(path).text
    assert house.neighbour(Role.ADVISOR).get(path).status_code == 404
    assert house.stranger().get(path).status_code == 303


@pytest.mark.rule("R-CORE-5")
def test_anybody_may_read_which_six_checks_come_free(house: House) -> None:
    page = house.stranger().get("/s/bj")
    assert page.status_code == 200
    assert page.text.count('class="card"') == 6
    assert "30 分钟" in page.text
    assert house.stranger().get("/s/ZZ").status_code == 404

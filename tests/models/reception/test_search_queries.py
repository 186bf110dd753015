"""One box finds a car or a customer by whatever is at hand, in a fixed number of statements."""

import pytest
from sqlalchemy.orm import Session

from app.domain.reception.repair_order import OrderStatus
from app.models.reception import search_key
from app.models.reception.search_key import SearchKey
from app.models.reception.search_queries import search
from tests.builders import OTHER_STORE_ID, STORE_ID, customer, repair_order, save, vehicle
from tests.conftest import ENGINES
from tests.house import House, Statements


def people(db: Session) -> None:
    shen = vehicle(owner=customer(name="沈雨桐", phone="13812346021"), plate="浙A7K35M", vin="LSVAA4182E2123456")
    shan = vehicle(owner=customer(name="单晓", phone="13999997777"), plate="沪B27K31", vin="")
    save(db, shen, shan, customer(name="䶮𬱖", phone="057188201234"))


@pytest.fixture
def shop(house: House) -> House:
    with house.database.writing() as db:
        people(db)
    return house


def names(house: House, text: str) -> list[str]:
    with house.database.reading() as db:
        found = search(db, STORE_ID, text)
        return [row.name for row in (*found.in_shop, *found.files)]


@pytest.mark.rule("R-CORE-1", "A-22")
@pytest.mark.parametrize("text", ["浙A7K35M", "浙a·7k35m", "浙Ａ７Ｋ３５Ｍ", "7k35", "K35M", "6021",
                                  "1234602", "13812346021", "沈雨桐",
                                  "雨桐", "瀋雨桐", "syt", "SYT", "LSVAA4182E2123456", "123456", "lsvaa41"])
def test_a_customer_is_found_by_plate_phone_name_initials_and_vin(shop: House, text: str) -> None:
    assert names(shop, text) == ["沈雨桐"]


@pytest.mark.rule("R-CORE-1")
def test_part_of_a_plate_finds_every_car_that_has_it(shop: House) -> None:
    assert names(shop, "7k3") == ["单晓", "沈雨桐"]


def test_a_surname_read_its_own_way_is_found_by_both_readings(shop: House) -> None:
    assert names(shop, "sx") == ["单晓"]
    assert names(shop, "dx") == ["单晓"]


def test_a_customer_without_a_car_and_with_rare_characters_is_found(shop: House) -> None:
    assert names(shop, "䶮𬱖") == ["䶮𬱖"]
    assert names(shop, "0571") == ["䶮𬱖"]


def test_one_character_finds_nothing(shop: House) -> None:
    assert names(shop, "沈") == []
    assert names(shop, " 7 ") == []


def test_the_neighbours_customers_are_not_found(shop: House) -> None:
    with shop.database.reading() as db:
        assert search(db, OTHER_STORE_ID, "沈雨桐").count == 0


def test_cars_in_the_shop_come_first_and_once(shop: House) -> None:
    with shop.database.writing() as db:
        car = vehicle(owner=customer(name="徐振华", phone="13700001111"), plate="浙A7K30F", vin="")
        order = repair_order(status=OrderStatus.IN_PROGRESS)
        order.vehicle, order.customer = car, car.owner
        order.reception.vehicle, order.reception.customer = car, car.owner
        save(db, order)
    with shop.database.reading() as db:
        found = search(db, STORE_ID, "7k3")
    assert [row.name for row in found.in_shop] == ["徐振华"]
    assert [row.name for row in found.files] == ["单晓", "沈雨桐"]


def test_an_order_is_found_by_the_head_of_its_number(shop: House) -> None:
    with shop.database.writing() as db:
        number = save(db, repair_order()).number
    with shop.database.reading() as db:
        assert [row.number for row in search(db, STORE_ID, number.lower()).orders] == [number]


def test_a_changed_phone_is_found_and_the_old_one_no_more(shop: House) -> None:
    with shop.database.writing() as db:
        found = search(db, STORE_ID, "6021").files[0]
        from app.models.reception.customer import Customer
        db.get_one(Customer, found.customer_id).phone = "13800005555"
    assert names(shop, "6021") == []
    assert names(shop, "5555") == ["沈雨桐"]


def test_rebuilding_gives_the_same_keys(shop: House) -> None:
    with shop.database.writing() as db:
        before = db.query(SearchKey).filter_by(store_id=STORE_ID).count()
        assert search_key.rebuild(db, STORE_ID) == before
    assert names(shop, "syt") == ["沈雨桐"]


def test_the_number_of_statements_does_not_grow_with_what_is_found(shop: House) -> None:
    def statements(text: str) -> int:
        with Statements(shop.database) as counted, shop.database.reading() as db:
            search(db, STORE_ID, text)
        return len(counted)

    before = statements("7k3")
    with shop.database.writing() as db:
        for number in range(30):
            owner = customer(name=f"客户{number}", phone=f"137000{number:05}")
            save(db, vehicle(owner=owner, plate=f"浙A7K3{number:02}", vin=""))
    assert statements("7k3") == before <= 5


@pytest.mark.parametrize("database_url", ENGINES, indirect=True)
def test_search_works_on_both_engines(house: House) -> None:
    with house.database.writing() as db:
        people(db)
    assert names(house, "7k3") == ["单晓", "沈雨桐"]

"""The demo's two stores and the staff in every role."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.office.staff import Role
from app.models.office.staff import Staff, StaffRole
from app.models.office.store import Store
from app.security import hashed_password

PASSWORD = "mingdan-demo"  # noqa: S105  (printed at start, for the demo only)

STORES = (
    {"code": "BJ", "name": "滨江店", "legal_name": "杭州明达汽车销售服务有限公司", "credit_code": "91330108MA2D4K7X3Q",
     "filing_no": "浙备330108000412", "address": "杭州市滨江区江南大道 588 号", "phone": "0571-88201188",
     "complaint_phone": "0571-88201199"},
    {"code": "XS", "name": "萧山店", "legal_name": "杭州明达汽车萧山服务有限公司", "credit_code": "91330109MA2E8R5T1L",
     "filing_no": "浙备330109000736", "address": "杭州市萧山区市心中路 1027 号", "phone": "0571-82651188",
     "complaint_phone": "0571-82651199"},
)

A, T, Q, M = Role.ADVISOR, Role.TECHNICIAN, Role.QUALITY_INSPECTOR, Role.WORKSHOP_MANAGER
STAFF: tuple[tuple[str, str, str, tuple[Role, ...]], ...] = (
    ("zhoumin", "周敏", "13957100101", (A,)),
    ("suting", "苏婷", "13957100102", (A, Role.INFORMATION_CLERK)),
    ("linxiao", "林晓", "13957100103", (Role.FOLLOW_UP_CLERK,)),
    ("hewei", "何伟", "13957100104", (Q,)),
    ("liuzhiqiang", "刘志强", "13957100105", (T,)),
    ("mawentao", "马文涛", "13957100106", (T,)),
    ("lijianguo", "李建国", "13957100107", (T, Q)),
    ("chenzhiqiang", "陈志强", "13957100108", (T,)),
    ("wangjianhua", "王建华", "13957100109", (M,)),
    ("fanglei", "方磊", "13957100110", (Role.PARTS_CLERK,)),
    ("qianli", "钱莉", "13957100111", (Role.CASHIER,)),
    ("jiangyan", "蒋燕", "13957100112", (Role.CARE_MANAGER,)),
    ("sunhaiming", "孙海明", "13957100113", (Role.SERVICE_DIRECTOR,)),
    ("zhaoyongjun", "赵永军", "13957100114", (Role.GENERAL_MANAGER,)),
    ("xujing", "许静", "13957100115", (Role.ADMINISTRATOR,)),
)


def make_people(db: Session, *, at: datetime) -> tuple[Store, dict[str, Staff]]:
    """Both stores; the first with staff in every role, by log-in name."""
    stores = [Store(**facts) for facts in STORES]
    db.add_all(stores)
    db.flush()
    kept = hashed_password(PASSWORD)
    people = {username: make_person(db, stores[0], username, name, phone, roles, kept)
              for username, name, phone, roles in STAFF}
    make_person(db, stores[1], "yumeng", "余萌", "13957100201", (A,), kept)
    people["zhaoyongjun"].roles.append(StaffRole(store_id=stores[1].id, role=Role.GENERAL_MANAGER))  # runs both houses
    return stores[0], people


def make_person(
    db: Session, store: Store, username: str, name: str, phone: str, roles: tuple[Role, ...], password_hash: str
) -> Staff:
    """One member of staff with their roles in one store."""
    staff = Staff(store_id=store.id, username=username, name=name, phone=phone, password_hash=password_hash)
    staff.roles = [StaffRole(store_id=store.id, role=role) for role in roles]
    db.add(staff)
    return staff

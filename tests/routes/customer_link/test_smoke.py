from app.models.approval.approval import Approval


def test_smoke(phone, rows):
    r = phone.get(f"/a/{phone.sent.token}")
    assert r.status_code == 200, r.text
    r = phone.open(); assert r.status_code == 303, r.text
    r = phone.get(); assert r.status_code == 200, r.text
    r = phone.last4("1111"); assert r.status_code == 422, r.text
    r = phone.last4(); assert r.status_code == 303, r.text
    r = phone.get(); assert r.status_code == 200, r.text
    r = phone.choose("yes", "later", "no"); assert r.status_code == 303, r.text
    r = phone.get("/a/s/review"); assert r.status_code == 200, r.text
    r = phone.decide(); assert r.status_code == 201, r.text
    r = phone.get(); assert r.status_code == 200, r.text
    assert len(rows(Approval)) == 1

"""Frozen content has one spelling and one hash."""

import pytest

from app.canonical import canonical, content_hash

PROPOSAL = {
    "schema": "proposal/1", "proposal_id": "P-1", "version": 2, "total_fen": 89600,
    "valid_until": "2026-11-22T10:00:00Z",
    "lines": [{"line_id": "L1", "title": "更换前制动片", "labour_h_x100": 120, "labour_rate_fen": 18000,
               "labour_fen": 21600, "parts_fen": 68000, "total_fen": 89600}],
}


def test_the_order_of_keys_does_not_matter():
    assert canonical(PROPOSAL) == canonical(dict(reversed(PROPOSAL.items())))


def test_the_worked_example_has_the_hash_everybody_computes():
    assert content_hash(PROPOSAL) == "2adace74b21aac7fb9719f52cec874ed4b2e5c5241dc03ef8a87178e75cbeccd"


def test_a_canonical_text_hashes_like_its_content():
    assert content_hash(canonical(PROPOSAL)) == content_hash(PROPOSAL)


def test_a_float_anywhere_is_refused():
    with pytest.raises(TypeError, match="no floats"):
        canonical({"lines": [{"value": 2.1}]})

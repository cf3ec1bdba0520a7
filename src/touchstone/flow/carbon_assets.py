"""Carbon assets of a workspace: the ledger, with the rules of allocation and the calendar that the workspace adds."""

from typing import TYPE_CHECKING

from touchstone.errors import UnusableDeclaration
from touchstone.flow.inventories import Inventories

if TYPE_CHECKING:
    from touchstone.calc.carbon.assets.inventoried import Inventoried
    from touchstone.desk.carbon_assets import CarbonAssets
    from touchstone.facts.text import Text


class Assets(Inventories):
    """Allowances, credits, sinks and certificates of the enterprises of one folder."""

    def carbon_assets(self) -> "CarbonAssets":
        """The ledger of carbon assets: accounts, bookings, positions and what is due.

        Rules of allocation in `carbon/allocation/*.toml` and duties in `carbon/compliance.toml` go before those of Touchstone.

        Raises:
            UnusableDeclaration: ASSET-015 or FORMULA-001, one of these files cannot be used; ORG-…, the organisation is wrong.
        """
        from touchstone.calc.carbon.assets.allocation import rules
        from touchstone.calc.carbon.assets.compliance import calendar
        from touchstone.desk.carbon_assets import CarbonAssets

        own = self.folder / "carbon"
        return CarbonAssets(
            self.ledger, rules(own / "allocation"), calendar(own / "compliance.toml"), self._sectors()
        )

    def inventoried(self, year: int) -> "dict[str, Inventoried]":
        """What the inventory says each enterprise emitted in a year inside the boundary of the market; nothing without organisation."""
        from touchstone.calc.carbon.assets.inventoried import BOUNDARY, inventoried

        try:
            return inventoried(self.account(year=str(year), boundary=BOUNDARY))
        except UnusableDeclaration as error:
            if error.code == "ORG-016":
                return {}
            raise

    def _sectors(self) -> dict[str, frozenset[str]]:
        """What each enterprise of the organisation and its units produce; nothing where there is no organisation."""
        from touchstone.calc.carbon.organisation_checks import ancestors

        try:
            organisation = self.organisation()
        except UnusableDeclaration as error:
            if error.code == "ORG-016":
                return {}
            raise
        found: dict[str, set[str]] = {
            key: {each.sector} - {""} for key, each in organisation.nodes.items() if each.kind == "enterprise"
        }
        for key, node in organisation.nodes.items():
            for above in ancestors(organisation, key):
                if above in found and node.sector:
                    found[above].add(node.sector)
        return {key: frozenset(each) for key, each in found.items() if each}

    def without_asset_account(self) -> "dict[str, Text]":
        """The enterprises of the organisation that have no account yet, with their names.

        Raises:
            UnusableDeclaration: ORG-016 there is no organisation yet, or what is wrong with it.
        """
        there = self.carbon_assets().book().accounts
        nodes = self.organisation().nodes.values()
        return {each.key: each.name for each in nodes if each.kind == "enterprise" and each.key not in there}

    def open_asset_accounts(self, by: str, only: str = "") -> tuple[str, ...]:
        """Open an account for every enterprise of the organisation (or one) that has none yet; their keys.

        Raises:
            UnusableDeclaration: as `without_asset_account`.
        """
        assets = self.carbon_assets()
        new = {key: name for key, name in self.without_asset_account().items() if only in ("", key)}
        for key, name in new.items():
            assets.open(key, name, by)
        return tuple(new)

"""Who is acting, and where: built once per request or job from the grants in force that day."""

from dataclasses import dataclass, replace

from wuyou.kernel.roles import Role

ROOT = "/"
_ROOT_DEPTH = 2
"""So many slashes has the path of the topmost unit ("/1/"); every unit under it has more."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One grant in force: a role on the unit at `path`, and therefore its permissions on everything under that path."""

    role: Role
    unit_id: int
    path: str
    permissions: frozenset[str]
    unit_name: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """The person, or the machine itself, on whose behalf a service or a query runs.

    Every read and every write takes one. A path is a text like "/1/42/": it covers itself and what begins with it.
    """

    user_id: int | None
    name: str
    holdings: tuple[Holding, ...] = ()

    def rights(self) -> list[list[object]]:
        """Return every right as plain values, in one order: the same in whatever process they are told.

        As [role, unit's key, path, permissions], by path and role.
        """
        found = sorted((h.path, str(h.role), h.unit_id, sorted(h.permissions)) for h in self.holdings)
        return [[role, unit_id, path, permissions] for path, role, unit_id, permissions in found]

    def paths(self, permission: str) -> tuple[str, ...]:
        """Return the paths on which this actor has the permission, none of them inside another, sorted."""
        found: list[str] = []
        for path in sorted({h.path for h in self.holdings if permission in h.permissions}):
            if not (found and path.startswith(found[-1])):
                found.append(path)
        return tuple(found)

    def can(self, permission: str, path: str | None = None) -> bool:
        """Say whether the permission is held on the given path; with no path, whether it is held anywhere."""
        if path is None:
            return any(permission in h.permissions for h in self.holdings)
        return any(permission in h.permissions and path.startswith(h.path) for h in self.holdings)

    def can_everywhere(self, permission: str) -> bool:
        """Say whether the permission is held at the root of the tree, so for what all units share: tables, standards."""
        return any(path.count("/") <= _ROOT_DEPTH for path in self.paths(permission))

    def at(self, path: str) -> "Actor":
        """Return the same person looking from a place: with the same rights, but only on what lies under that path."""
        holdings = (replace(h, path=path) if path.startswith(h.path) else h for h in self.holdings)
        return replace(self, holdings=tuple(h for h in holdings if h.path.startswith(path)))

    @property
    def home(self) -> Holding | None:
        """The widest grant, whose unit's name stands in the page head; None without a grant."""
        return min(self.holdings, key=lambda h: (len(h.path), h.path), default=None)

    @property
    def home_unit_id(self) -> int | None:
        """The unit of the widest grant; None without a grant."""
        return self.home.unit_id if self.home else None


def machine(name: str, *permissions: str) -> Actor:
    """Return the actor of work that no person started (nightly jobs, the command line of the server's owner)."""
    holding = Holding(Role.ADMINISTRATOR, 0, ROOT, frozenset(permissions))
    return Actor(user_id=None, name=name, holdings=(holding,))

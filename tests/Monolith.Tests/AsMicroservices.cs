namespace Monolith.Tests;

// The tests of Shop.Tests that must pass in this shape as well, each under its own name.
public sealed class Ordering(MonolithFixture shop) : Shop.Tests.Ordering(shop);

public sealed class Payments(MonolithFixture shop) : Shop.Tests.Payments(shop);

public sealed class DatabaseOutage(MonolithFixture shop) : Shop.Tests.DatabaseOutage(shop);

// One process has the routes, the hooks and the spans of all modules.
public sealed class Edge(MonolithFixture shop) : Shop.Tests.Edge(shop);


public sealed class FaultHooks(MonolithFixture shop) : Shop.Tests.FaultHooks(shop);

public sealed class Tracing(MonolithFixture shop) : Shop.Tests.Tracing(shop);

// The one service outside hears events that do not come over the broker inside.
public sealed class Notifications(MonolithFixture shop) : Shop.Tests.Notifications(shop);

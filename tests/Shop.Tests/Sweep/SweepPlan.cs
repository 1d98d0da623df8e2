namespace Shop.Tests.Sweep;

/// <summary>How one process is killed: at a named step of a message's way, or, without one, after a while.</summary>
/// <param name="Resource">Whose process.</param>
/// <param name="Module">Which module of it is told of the step; null without one.</param>
/// <param name="Step">A step of services/Messaging/MessagingLog.cs, or null.</param>
/// <param name="After">How long the load runs before.</param>
internal sealed record Kill(string Resource, string? Module, string? Step, TimeSpan After)
{
    public override string ToString() => Step is null ? $"{Resource} after {After.TotalMilliseconds:0} ms" : $"{Resource} when {Step}";
}

/// <summary>Which processes die, and when: the same for the same seed.</summary>
internal static class SweepPlan
{
    private static readonly string[] s_servers = ["broker-process", "postgres-process"];
    private static readonly string[] s_steps = ["claimed", "published", "confirmed", "relayed", "delivered", "committed", "acknowledged"];

    /// <summary>By turns a step of a service and a random point of anything; each step, and each part, once in random order before any comes again.</summary>
    public static IEnumerable<Kill> Of(Shape shape, int seed, int kills)
    {
        var random = new Random(seed);
        using var steps = Shuffled(random, [.. Shape.Modules.SelectMany(module => s_steps.Select(step => (module, step)))]).GetEnumerator();
        using var anything = Shuffled(random, [.. shape.Services, .. s_servers, "payment-provider", "notifications"]).GetEnumerator();
        for (var i = 0; i < kills; i++)
        {
            var after = TimeSpan.FromMilliseconds(random.Next(100, 1500));
            if (i % 2 == 0 && steps.MoveNext())
                yield return new(shape.ServiceOf(steps.Current.module), steps.Current.module, steps.Current.step, after);
            else if (anything.MoveNext())
                yield return new(anything.Current, null, null, after);
        }
    }

    private static IEnumerable<T> Shuffled<T>(Random random, T[] items)
    {
        while (true)
        {
            random.Shuffle(items);
            foreach (var item in items)
                yield return item;
        }
    }
}

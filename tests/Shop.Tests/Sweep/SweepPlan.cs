namespace Shop.Tests.Sweep;

/// <summary>How one process is killed: at a named step of a message's way, or, without one, after a while.</summary>
/// <param name="Resource">Whose process.</param>
/// <param name="Step">A step of services/Messaging/Steps.cs, or null.</param>
/// <param name="After">How long the load runs before.</param>
internal sealed record Kill(string Resource, string? Step, TimeSpan After)
{
    public override string ToString() => Step is null ? $"{Resource} after {After.TotalMilliseconds:0} ms" : $"{Resource} when {Step}";
}

/// <summary>Which processes die, and when: the same for the same seed.</summary>
internal static class SweepPlan
{
    private static readonly string[] s_services = ["ordering", "inventory", "payment"];
    private static readonly string[] s_servers = ["broker-process", "postgres-process"];
    private static readonly string[] s_steps = ["claimed", "published", "confirmed", "relayed", "delivered", "committed", "acknowledged"];

    /// <summary>Every step of every service in turn, in random order, and between them kills at random points of anything.</summary>
    public static IEnumerable<Kill> Of(int seed, int kills)
    {
        var random = new Random(seed);
        var steps = new Queue<(string Service, string Step)>();
        for (var i = 0; i < kills; i++)
        {
            var after = TimeSpan.FromMilliseconds(random.Next(100, 1500));
            if (i % 2 == 1)
            {
                var anything = s_services.Concat(s_servers).Append("notifications").ToArray();
                yield return new(anything[random.Next(anything.Length)], null, after);
                continue;
            }

            if (steps.Count == 0)
            {
                var all = s_services.SelectMany(service => s_steps.Select(step => (service, step))).ToArray();
                random.Shuffle(all);
                Array.ForEach(all, steps.Enqueue);
            }

            var (service, step) = steps.Dequeue();
            yield return new(service, step, after);
        }
    }
}

using MsaAspire.Lab.Load;

namespace Benchmarks.Checkout;

/// <summary>How many orders are under way, looked at each second.</summary>
internal static class Backlog
{
    public static async Task<List<int>> WatchAsync(LoadRun run, CancellationToken cancellation)
    {
        var samples = new List<int>();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
                samples.Add(run.Accepted - run.Final);
        }
        catch (OperationCanceledException)
        {
            // The load is over.
        }

        return samples;
    }

    /// <summary>Slope of the second half by least squares, in orders a second.</summary>
    public static double Growth(List<int> samples)
    {
        var half = samples.Skip(samples.Count / 2).ToList();
        if (half.Count < 2)
            return 0;
        var (x, y) = ((half.Count - 1) / 2.0, half.Average());
        return half.Select((value, i) => (i - x) * (value - y)).Sum() / half.Select((_, i) => (i - x) * (i - x)).Sum();
    }
}

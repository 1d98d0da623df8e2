namespace MsaAspire.Lab.Experiments.Kubernetes;

/// <summary>
/// Counts which pod of a service answered which request by its own log. Every pod's first process has the same id, so a process id, which
/// services can be made to send, would not tell pods from each other.
/// </summary>
internal static class Balance
{
    /// <summary>The environment that makes a service log requests, for <c>kubectl set env</c>.</summary>
    public const string LogRequests = "Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics=Information";

    private const int Sent = 400, AtOnce = 4;

    private static readonly TimeSpan s_written = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How many requests each pod answered. The gateway may ask a second pod when one fails, so the sum may exceed what was sent.
    /// </summary>
    /// <exception cref="InvalidOperationException">A request failed, or is in no pod's log.</exception>
    public static async Task<IReadOnlyList<long>> MeasureAsync(
        ClusterShop shop, Uri gateway, string service, CancellationToken cancellation)
    {
        // A search that finds nothing, by which these requests are known in the log.
        var mark = $"lab-{Guid.NewGuid():N}";
        using var http = new HttpClient { BaseAddress = gateway, Timeout = TimeSpan.FromSeconds(10) };
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(0, Sent, options, async (_, token) =>
            (await http.GetAsync($"api/products?search={mark}", token)).EnsureSuccessStatusCode().Dispose());
        await Task.Delay(s_written, cancellation);
        var counts = new List<long>();
        foreach (var pod in (await shop.PodsAsync(cancellation, service)).Where(p => p.IsReady))
            counts.Add(Count(await shop.RunAsync(cancellation, "logs", pod.Name), mark));
        return counts.Sum() >= Sent
            ? counts
            : throw new InvalidOperationException($"The pods of {service} have logged {counts.Sum()} of {Sent} requests.");
    }

    /// <summary>ASP.NET Core logs a request's start too, and console loggers may put it on one line or several.</summary>
    internal static long Count(string log, string mark) =>
        log.Split('\n').LongCount(line =>
            line.Contains("Request finished", StringComparison.Ordinal) && line.Contains(mark, StringComparison.Ordinal));
}

namespace MsaAspire.Lab.Load;

/// <summary>Computes outages from requests in the order of their due times.</summary>
internal static class Outages
{
    /// <summary>How long all due requests have to succeed before it counts as recovered.</summary>
    public const double StableSeconds = 3;

    /// <summary>How much of that must be within the run.</summary>
    private const double SeenSeconds = 1;

    /// <summary>
    /// For how many seconds between two moments requests failed: each request's outcome holds until the next one is due, so a span lasts
    /// from the first request that failed to the first that succeeded again. Poisson arrivals see time averages (R. W. Wolff, Operations
    /// Research 30(2), 1982), so this has no bias; each edge is as exact as requests are dense.
    /// </summary>
    public static double Seconds(IReadOnlyList<Request> requests, double from, double to)
    {
        var sum = 0.0;
        for (var i = 0; i < requests.Count; i++)
        {
            var end = Math.Min(to, i + 1 < requests.Count ? requests[i + 1].DueSeconds : to);
            if (!requests[i].Ok)
                sum += Math.Max(0, end - Math.Max(from, requests[i].DueSeconds));
        }

        return sum;
    }

    /// <summary>
    /// Seconds from <paramref name="after"/> to the first request since which all that are due within <see cref="StableSeconds"/>, or to
    /// the end of the run, succeed; 0 when those right after it do. Null when there is none, or the run ends within a second of it.
    /// </summary>
    public static double? SecondsToRecover(IReadOnlyList<Request> requests, double after, double end)
    {
        double? good = null;
        var recovered = after;
        foreach (var request in requests.Where(r => r.DueSeconds >= after))
        {
            if (good is { } since && request.DueSeconds - since >= StableSeconds)
                return recovered - after;
            if (!request.Ok)
                (good, recovered) = (null, double.NaN);
            else if (good is null)
                (good, recovered) = (request.DueSeconds, double.IsNaN(recovered) ? request.DueSeconds : after);
        }

        return good is { } last && end - last >= SeenSeconds ? recovered - after : null;
    }
}

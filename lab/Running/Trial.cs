using MsaAspire.Lab.Experiments;
using MsaAspire.Lab.Load;
using MsaAspire.Lab.Results;

namespace MsaAspire.Lab.Running;

/// <summary>How long a trial observes.</summary>
/// <param name="Before">Before the action.</param>
/// <param name="After">After the action.</param>
internal sealed record Watch(TimeSpan Before, TimeSpan After);

/// <summary>The customers' requests during an action.</summary>
/// <param name="Load">All requests.</param>
/// <param name="From">When it began, in seconds from the start of the load.</param>
/// <param name="To">When it was done.</param>
internal sealed record Trial(LoadReport Load, double From, double To)
{
    /// <summary>The time to an order's final status from which on it counts as delayed, in milliseconds; normally it takes some tens.</summary>
    public const double Delayed = 1000;

    /// <summary>
    /// If no order reaches a final status for this long, those that still wait are stuck. Longer than the lease of a charge whose process died.
    /// </summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(3);

    private const int MostSeconds = 10;

    private const double Step = 0.5;

    /// <summary>The operations of customers who only browse, and of those who order.</summary>
    public static IReadOnlyList<string> Requests { get; } = [Operations.Browse, Operations.Search, Operations.Order];

    /// <summary>Lets the shop JIT-compile its code paths.</summary>
    public static async Task WarmUpAsync(ShopLoad load, Rates rates, CancellationToken cancellation)
    {
        var run = load.Start(rates, cancellation);
        await Task.Delay(s_warmUp, cancellation);
        await run.StopAsync(s_patience);
    }

    /// <summary>Lets the shop recover: returns when all requests of a second have succeeded.</summary>
    /// <exception cref="TimeoutException">It does not recover.</exception>
    public static async Task SettleAsync(ShopLoad load, Rates rates, CancellationToken cancellation)
    {
        for (var second = 1; ; second++)
        {
            var run = load.Start(rates, cancellation);
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
            var report = await run.StopAsync(s_patience);
            if (Requests.FirstOrDefault(operation => report.Window(operation).Availability < 100) is not { } failed)
                return;
            if (second == MostSeconds)
            {
                throw new TimeoutException(
                    $"Requests ({failed}) still fail {MostSeconds} s after all was healthy again: {string.Join(", ", report.Failures(failed).Keys)}.");
            }
        }
    }

    /// <summary>Runs an action while customers are served.</summary>
    public static async Task<Trial> RunAsync(ShopLoad load, Rates rates, Watch watch, Func<Task> act, CancellationToken cancellation)
    {
        var run = load.Start(rates, cancellation);
        try
        {
            await Task.Delay(watch.Before, cancellation);
            var from = run.Now;
            await act();
            var to = run.Now;
            await Task.Delay(watch.After, cancellation);
            return new(await run.StopAsync(s_patience), from, to);
        }
        catch when (!cancellation.IsCancellationRequested)
        {
            await run.StopAsync(TimeSpan.Zero);
            throw;
        }
    }

    /// <summary>How many requests of an operation that were due from the beginning on failed.</summary>
    public int Lost(string operation) => Load.Window(operation, From) is var window ? window.Count - window.Ok : 0;

    /// <summary>
    /// How many orders that were accepted from shortly before the beginning on reached their final status late, or not at all.
    /// </summary>
    public int DelayedOrders =>
        Load.Requests(Operations.OrderToFinal).Count(o => o.DueSeconds >= From - 1 && (!o.Ok || o.LatencyMs > Delayed));

    /// <summary>Adds the share of successful requests of each operation, step by step.</summary>
    public void AddTimelines(Findings findings, string @case, string shape, int round, params IReadOnlyList<Mark> marks)
    {
        foreach (var operation in Requests)
        {
            findings.Add(new Timeline(
                @case, shape, operation, "%", round, Step,
                [.. Load.Timeline(operation, Step).Select(window => window.Availability)], marks));
        }
    }

    /// <summary>Reports why the trial is invalid, if it is.</summary>
    public void Check(Findings findings, string what)
    {
        if (Load.Behind is { } behind)
            findings.Invalid($"{what}: {behind}");
        if (Load.Orders.Unknown > 0)
            findings.Invalid($"{what}: the outcome of {Load.Orders.Unknown} orders is unknown.");
        var early = Requests.SelectMany(o => Load.Requests(o).Where(r => !r.Ok && r.DueSeconds < From).Select(r => (Operation: o, Request: r)));
        if (early.ToList() is [var (operation, first), ..] and { Count: var count })
        {
            findings.Invalid(
                $"{what}: {count} requests failed before the action, the first ({operation}) at {first.DueSeconds:0.0} s: {first.Failure}.");
        }
    }
}

using MsaAspire.Lab.Statistics;

namespace MsaAspire.Lab.Load;

/// <summary>All that happened in a run. Operations are named as in <see cref="Operations"/>, times are seconds from the start.</summary>
internal sealed class LoadReport
{
    /// <summary>A generator that sends later than this, in milliseconds, measures itself.</summary>
    private const double MostLag = 100;

    private readonly Dictionary<string, IReadOnlyList<Request>> _requests;

    /// <param name="seconds">How long requests arrived.</param>
    /// <param name="requests">By operation.</param>
    /// <param name="orders">The outcome of the orders.</param>
    /// <param name="lags">For each arrival the milliseconds from when it was due to when it was sent.</param>
    public LoadReport(
        double seconds, IReadOnlyDictionary<string, IReadOnlyList<Request>> requests, OrderCounts orders, IReadOnlyList<double> lags)
    {
        _requests = requests.ToDictionary(
            operation => operation.Key, IReadOnlyList<Request> (operation) => [.. operation.Value.OrderBy(r => r.DueSeconds)]);
        (Seconds, Orders, Lags, Behind) = (seconds, orders, lags, BehindOf(lags));
    }

    /// <summary>How long requests arrived.</summary>
    public double Seconds { get; }

    /// <summary>The outcome of the orders.</summary>
    public OrderCounts Orders { get; }

    /// <summary>For each arrival the milliseconds from when it was due to when it was sent.</summary>
    public IReadOnlyList<double> Lags { get; }

    /// <summary>
    /// Why the run is invalid: the generator sent more than 1 % of its requests over 100 ms late. Null when it kept up.
    /// </summary>
    public string? Behind { get; }

    /// <summary>
    /// All requests of an operation in the order of their due times; those of <see cref="Operations.OrderToFinal"/> are accepted orders.
    /// </summary>
    public IReadOnlyList<Request> Requests(string operation) => _requests.GetValueOrDefault(operation, []);

    /// <summary>How many failed for which reason.</summary>
    public IReadOnlyDictionary<string, int> Failures(string operation) =>
        Requests(operation).Where(r => !r.Ok).CountBy(r => r.Failure ?? "").ToDictionary();

    /// <summary>The requests that were due from a moment on and before another.</summary>
    public Window Window(string operation, double from = 0, double to = double.PositiveInfinity) =>
        Load.Window.Of([.. Requests(operation).Where(r => r.DueSeconds >= from && r.DueSeconds < to)]);

    /// <summary>Step by step, to the end of the arrivals.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="step">The length of a step in seconds.</param>
    public IReadOnlyList<Window> Timeline(string operation, double step)
    {
        var steps = Requests(operation).ToLookup(r => (int)(r.DueSeconds / step));
        return [.. Enumerable.Range(0, (int)Math.Ceiling(Seconds / step)).Select(i => Load.Window.Of([.. steps[i]]))];
    }

    /// <inheritdoc cref="Outages.Seconds"/>
    public double UnavailableSeconds(string operation, double from = 0, double? to = null) =>
        Outages.Seconds(Requests(operation), from, Math.Min(to ?? Seconds, Seconds));

    /// <inheritdoc cref="Outages.SecondsToRecover"/>
    public double? SecondsToRecover(string operation, double after) => Outages.SecondsToRecover(Requests(operation), after, Seconds);

    private static string? BehindOf(IReadOnlyList<double> lags) =>
        lags.Count > 0 && Quantiles.Of(lags, 0.99) is > MostLag and var p99
            ? $"The load generator fell behind its own schedule: 1 % of its requests were over {p99:0} ms late, one {lags.Max():0} ms."
            : null;
}

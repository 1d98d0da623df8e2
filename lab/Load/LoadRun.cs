using System.Diagnostics;

namespace MsaAspire.Lab.Load;

/// <summary>
/// Customers who arrive at times that are fixed in advance (an open model). A slow answer delays no later arrival, and what counts is the
/// time from when a request was due, so a stall shows in every request that it delayed: no coordinated omission.
/// </summary>
internal sealed class LoadRun
{
    private static readonly TimeSpan s_longestSleep = TimeSpan.FromMilliseconds(100);

    private readonly ShopClient _client;
    private readonly OrderLookup? _lookup;
    private readonly FinalStatuses? _finals;
    private readonly CancellationToken _cancellation;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Orders _orders;
    private readonly Thread _arrivals;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Request>> _requests =
        new() { [Operations.Browse] = [], [Operations.Search] = [], [Operations.Order] = [] };
    private readonly List<double> _lags = [];
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The requests in progress, plus one for the arrivals that are still to come.</summary>
    private int _open = 1;
    private volatile bool _stop;

    internal LoadRun(
        ShopClient client, OrderLookup? lookup, FinalStatuses? finals, IEnumerable<Arrival> schedule, CancellationToken cancellation)
    {
        (_client, _lookup, _finals, _cancellation, _orders) = (client, lookup, finals, cancellation, new(_start, DateTimeOffset.UtcNow));
        _finals?.Heard += _orders.Ended;
        _arrivals = new(() => Arrive(schedule)) { IsBackground = true, Name = "arrivals" };
        _arrivals.Start();
    }

    /// <summary>Seconds since the start: the time scale of due times.</summary>
    public double Now => Stopwatch.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Orders accepted so far.</summary>
    public int Accepted => _orders.Accepted;

    /// <summary>Accepted orders that have reached a final status so far.</summary>
    public int Final => _orders.Final;

    /// <summary>Ends the arrivals, waits for responses and final statuses, and returns the report.</summary>
    /// <param name="patience">How long to wait without any order reaching a final status before the rest counts as stuck.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<LoadReport> StopAsync(TimeSpan patience)
    {
        var seconds = Now;
        _stop = true;
        try
        {
            // Each request has its own time limit.
            await _answered.Task.WaitAsync(_cancellation);
            _cancellation.ThrowIfCancellationRequested();
            await _orders.DrainAsync(patience, _cancellation);
            if (_lookup is not null)
                await _lookup.AskAsync(_orders, _cancellation);
        }
        finally
        {
            _finals?.Heard -= _orders.Ended;
        }

        var requests = _requests.ToDictionary(r => r.Key, IReadOnlyList<Request> (r) => r.Value);
        requests[Operations.OrderToFinal] = _orders.ToFinal();
        return new(seconds, requests, _orders.Count(), _lags);
    }

    private void Arrive(IEnumerable<Arrival> schedule)
    {
        foreach (var arrival in schedule)
        {
            var due = _start + (long)(arrival.DueSeconds * Stopwatch.Frequency);
            var waited = WaitUntil(due);
            var lag = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
            // What was due before the end and could not be sent in time is late as well.
            if (lag >= 0)
                _lags.Add(lag);
            if (!waited)
                break;
            Interlocked.Increment(ref _open);
            _ = CallAsync(arrival, due);
        }

        Leave();
    }

    /// <summary>False when the run ended before.</summary>
    private bool WaitUntil(long due)
    {
        while (!_stop && !_cancellation.IsCancellationRequested)
        {
            var now = Stopwatch.GetTimestamp();
            if (now >= due)
                return true;
            NativeMethods.SleepUntil(Math.Min(due, now + (long)(s_longestSleep.TotalSeconds * Stopwatch.Frequency)));
        }

        return false;
    }

    private async Task CallAsync(Arrival arrival, long due)
    {
        var answer = await _client.SendAsync(arrival);
        var latency = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
        lock (_gate)
            _requests[arrival.Operation].Add(new(arrival.DueSeconds, latency, answer.Failure is null, answer.Failure));
        if (answer.Order is { } order)
            _orders.Answered(order, arrival.DueSeconds);
        Leave();
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _open) == 0)
            _answered.TrySetResult();
    }
}

using System.Diagnostics;

namespace Benchmarks.Checkout;

/// <summary>What became of each order of a run. The final status can be known before the answer to the POST is.</summary>
internal sealed class Orders
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, long> _waiting = [];
    private readonly Dictionary<Guid, long> _early = [];
    private readonly HashSet<Guid> _final = [];
    private readonly Dictionary<string, int> _statuses = [];
    private readonly Dictionary<string, int> _failures = [];
    private int _accepted;

    public Latency Post { get; } = new();

    public Latency ToFinal { get; } = new();

    /// <summary>When the last order came to its final status.</summary>
    public long LastFinal { get; private set; }

    public int Accepted => Read(() => _accepted);

    public int Final => Read(() => _accepted - _waiting.Count);

    public IReadOnlyDictionary<string, int> Statuses => Read(() => _statuses.ToDictionary());

    public IReadOnlyDictionary<string, int> Failures => Read(() => _failures.ToDictionary());

    public IReadOnlyList<Guid> Waiting => Read(() => _waiting.Keys.ToList());

    /// <summary>The answer to a POST that was due at <paramref name="due"/>.</summary>
    public void Answered(Guid order, long due)
    {
        Post.Record(due, Stopwatch.GetTimestamp());
        lock (_gate)
        {
            _accepted++;
            if (_early.Remove(order, out var at))
                ToFinal.Record(due, at);
            else
                _waiting.Add(order, due);
        }
    }

    public void Failed(string reason)
    {
        lock (_gate)
            _failures[reason] = _failures.GetValueOrDefault(reason) + 1;
    }

    /// <summary>The event of an order's final status; the same one may come more than once.</summary>
    public void Ended(Guid order, string status)
    {
        var now = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            if (!_final.Add(order))
                return;
            LastFinal = now;
            _statuses[status] = _statuses.GetValueOrDefault(status) + 1;
            if (_waiting.Remove(order, out var due))
                ToFinal.Record(due, now);
            else
                _early.Add(order, now);
        }
    }

    /// <summary>Waits until no order waits; gives up when for <paramref name="patience"/> none has ended.</summary>
    public async Task DrainAsync(TimeSpan patience, CancellationToken cancellation)
    {
        var (last, since) = (-1, Stopwatch.GetTimestamp());
        while (Waiting.Count > 0 && Stopwatch.GetElapsedTime(since) < patience)
        {
            if (Final != last)
                (last, since) = (Final, Stopwatch.GetTimestamp());
            await Task.Delay(20, cancellation);
        }
    }

    private T Read<T>(Func<T> value)
    {
        lock (_gate)
            return value();
    }
}

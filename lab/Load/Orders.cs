using System.Diagnostics;

namespace MsaAspire.Lab.Load;

/// <summary>Follows each order of a run. The final status can arrive before the response to the POST.</summary>
internal sealed class Orders(long start, DateTimeOffset startedAt)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, double> _waiting = [];
    private readonly Dictionary<Guid, Early> _early = [];
    private readonly HashSet<Guid> _final = [], _open = [];
    private readonly Dictionary<string, int> _statuses = [];
    private readonly List<Request> _toFinal = [];
    private int _accepted, _unheard;
    private double _last;

    public int Accepted => Read(() => _accepted);

    /// <summary>How many accepted orders have reached a final status.</summary>
    public int Final => Read(() => _accepted - _waiting.Count);

    /// <summary>Accepted orders without a known final status, oldest first.</summary>
    public IReadOnlyList<Guid> Waiting => Read(() => _waiting.OrderBy(w => w.Value).Select(w => w.Key).ToList());

    /// <summary>The shop has accepted an order that was due at <paramref name="due"/>, in seconds from the start.</summary>
    public void Answered(Guid order, double due)
    {
        lock (_gate)
        {
            _accepted++;
            if (_early.Remove(order, out var early))
                End(due, early.Seconds - due, early.Status);
            else
                _waiting.Add(order, due);
        }
    }

    /// <summary>
    /// The event of an order's final status was received; it may arrive more than once, and some belong to orders of other runs.
    /// </summary>
    public void Ended(Guid order, string status)
    {
        var now = Stopwatch.GetElapsedTime(start).TotalSeconds;
        lock (_gate)
        {
            if (!_final.Add(order))
                return;
            _last = now;
            if (_waiting.Remove(order, out var due))
                End(due, now - due, status);
            else
                _early.Add(order, new(now, status));
        }
    }

    /// <summary>According to the shop, an order reached its final status at a time of this machine's clock.</summary>
    public void FoundFinal(Guid order, string status, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (!_waiting.Remove(order, out var due))
                return;
            _final.Add(order);
            _unheard++;
            End(due, Math.Max(0, (at - startedAt).TotalSeconds - due), status);
        }
    }

    /// <summary>According to the shop, an order has no final status.</summary>
    public void FoundOpen(Guid order)
    {
        lock (_gate)
            _open.Add(order);
    }

    /// <summary>Waits until no order waits; stops when none has finished for <paramref name="patience"/>.</summary>
    public async Task DrainAsync(TimeSpan patience, CancellationToken cancellation)
    {
        var (last, since) = (-1, Stopwatch.GetTimestamp());
        while (Accepted - Final > 0 && Stopwatch.GetElapsedTime(since) < patience)
        {
            if (Final is var final && final != last)
                (last, since) = (final, Stopwatch.GetTimestamp());
            await Task.Delay(20, cancellation);
        }
    }

    public OrderCounts Count() => Read(() =>
    {
        var stuck = _waiting.Keys.Count(_open.Contains);
        return new OrderCounts(_accepted, _statuses.ToDictionary(), _unheard, stuck, _waiting.Count - stuck, _last);
    });

    /// <summary>Every accepted order as a request; those that wait count as failed.</summary>
    public IReadOnlyList<Request> ToFinal()
    {
        var now = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return Read(() => _toFinal.Concat(_waiting.Values.Select(Waits)).ToList());

        Request Waits(double due) => new(due, (now - due) * 1000, Ok: false, "no final status");
    }

    private void End(double due, double seconds, string status)
    {
        _statuses[status] = _statuses.GetValueOrDefault(status) + 1;
        _toFinal.Add(new(due, seconds * 1000, Ok: true));
    }

    private T Read<T>(Func<T> value)
    {
        lock (_gate)
            return value();
    }

    private readonly record struct Early(double Seconds, string Status);
}

using System.Diagnostics.Metrics;

namespace MsaAspire.Messaging;

/// <summary>How many events wait in an outbox, for how long the oldest, and how many messages wait there for their next try.</summary>
internal sealed class OutboxMetrics
{
    private readonly KeyValuePair<string, object?> _tag;
    private long _depth, _retries;
    private double _age;

    public OutboxMetrics(string schema)
    {
        _tag = new("messaging.outbox.name", schema);
        Telemetry.Meter.CreateObservableGauge("messaging.outbox.depth", () => new Measurement<long>(_depth, _tag), "{message}");
        Telemetry.Meter.CreateObservableGauge("messaging.outbox.age", () => new Measurement<double>(_age, _tag), "s");
        Telemetry.Meter.CreateObservableGauge("messaging.outbox.retries", () => new Measurement<long>(_retries, _tag), "{message}");
    }

    public void Set(long depth, double ageInSeconds, long retries) => (_depth, _age, _retries) = (depth, ageInSeconds, retries);
}

using System.Diagnostics.Metrics;

namespace MsaAspire.Messaging;

/// <summary>How many rows wait in an outbox, and for how long the oldest.</summary>
internal sealed class OutboxGauge
{
    private readonly KeyValuePair<string, object?> _tag;
    private long _depth;
    private double _age;

    public OutboxGauge(string schema)
    {
        _tag = new("messaging.outbox.name", schema);
        Telemetry.Meter.CreateObservableGauge("messaging.outbox.depth", () => new Measurement<long>(_depth, _tag), "{message}");
        Telemetry.Meter.CreateObservableGauge("messaging.outbox.age", () => new Measurement<double>(_age, _tag), "s");
    }

    public void Set(long depth, double ageInSeconds) => (_depth, _age) = (depth, ageInSeconds);
}

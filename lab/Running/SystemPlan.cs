using Aspire.Hosting.Testing;

namespace MsaAspire.Lab.Running;

/// <summary>How a shop is started for an experiment; what it does not name is as the AppHost has it.</summary>
/// <param name="Shape">Of <see cref="Shapes"/>.</param>
internal sealed record SystemPlan(string Shape)
{
    /// <summary>With the dashboard, and so with telemetry.</summary>
    public bool Dashboard { get; init; }

    /// <summary>Whether services can be told to fail (<c>Faults:Enabled</c>).</summary>
    public bool Faults { get; init; }

    /// <summary>Changes the app model before it is built.</summary>
    public Action<IDistributedApplicationTestingBuilder>? Change { get; init; }

    /// <summary>Further arguments of the AppHost.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}

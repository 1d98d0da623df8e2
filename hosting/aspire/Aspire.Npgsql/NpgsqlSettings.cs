namespace Aspire.Npgsql;

/// <summary>How a service connects to a PostgreSQL database; bound from <c>Aspire:Npgsql</c> and <c>Aspire:Npgsql:{name}</c>.</summary>
public sealed class NpgsqlSettings
{
    /// <summary>The connection string. <c>ConnectionStrings:{name}</c> wins over a value from the settings sections.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Whether the database health check is left out. The default is <see langword="false"/>.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Whether OpenTelemetry tracing is left out. The default is <see langword="false"/>.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Whether OpenTelemetry metrics are left out. The default is <see langword="false"/>.</summary>
    public bool DisableMetrics { get; set; }
}

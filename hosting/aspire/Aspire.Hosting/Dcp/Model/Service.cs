namespace Aspire.Hosting.Dcp.Model;

/// <summary>A stable address and port; DCP's proxy spreads connections over the producers that exist at the moment.</summary>
internal sealed class Service : DcpObject
{
    public override string Kind { get; set; } = "Service";
    public override string Plural => "services";
    public ServiceSpec Spec { get; set; } = new();
    public ServiceStatus? Status { get; set; }
}

internal sealed class ServiceSpec
{
    public string? Address { get; set; }
    public int? Port { get; set; }
    public string Protocol { get; set; } = "TCP";
    public string? AddressAllocationMode { get; set; }
}

internal sealed class ServiceStatus
{
    public string? State { get; set; }
    public string? EffectiveAddress { get; set; }
    public int? EffectivePort { get; set; }

    /// <summary>The process of DCP that runs the proxies and all controllers.</summary>
    public int? ProxyProcessPid { get; set; }
}

/// <summary>Modes of <see cref="ServiceSpec.AddressAllocationMode"/>.</summary>
internal static class AddressAllocation
{
    public const string Localhost = "Localhost";
    public const string AllInterfaces = "AllInterfaces";
    public const string IPv4AllInterfaces = "IPv4AllInterfaces";
    public const string IPv6AllInterfaces = "IPv6AllInterfaces";
    public const string Proxyless = "Proxyless";
}

/// <summary>Entry of the annotation with which an Executable or Container says that it serves a Service.</summary>
internal sealed record ServiceProducer(string ServiceName, string? Address, int? Port)
{
    public const string Annotation = "service-producer";
}

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A network in which an endpoint has an address.</summary>
public record NetworkIdentifier(string Value);

/// <summary>The networks every application has.</summary>
public static class KnownNetworkIdentifiers
{
    public static readonly NetworkIdentifier LocalhostNetwork = new("localhost");
    public static readonly NetworkIdentifier PublicInternet = new("public");
    public static readonly NetworkIdentifier DefaultAspireContainerNetwork = new("aspire-container-network");
}

/// <summary>Names under which a host is reached.</summary>
public static class KnownHostNames
{
    public const string Localhost = "localhost";
    public const string DockerDesktopHostBridge = "host.docker.internal";
    public const string DefaultContainerTunnelHostName = "aspire.dev.internal";
}

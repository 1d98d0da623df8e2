using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp.Model;

namespace Aspire.Hosting.Dcp;

/// <summary>An endpoint, and the DCP Service that stands for it; without a proxy there is none.</summary>
internal sealed record EndpointService(IResource Resource, EndpointAnnotation Endpoint, string ServiceName, bool IsProxied)
{
    /// <summary>The port its processes listen on, in a form that DCP replaces for each of them.</summary>
    public string TargetPortExpression => IsProxied && Endpoint.TargetPort is null ? DcpTemplate.PortForServing(ServiceName) : $"{Endpoint.TargetPort}";

    public string Describe() => $"endpoint '{Endpoint.Name}' of resource '{Resource.Name}'";

    public Service ToService(bool randomizePort) => new()
    {
        Metadata = new DcpMetadata
        {
            Name = ServiceName,
            Annotations = new() { ["resource-name"] = Resource.Name, ["endpoint-name"] = Endpoint.Name },
        },
        Spec = new ServiceSpec
        {
            Protocol = Endpoint.Protocol == System.Net.Sockets.ProtocolType.Udp ? "UDP" : "TCP",
            Port = randomizePort ? null : Endpoint.Port,
            Address = HostBinding.IsSingleAddress(Endpoint.TargetHost) ? Endpoint.TargetHost : null,
            AddressAllocationMode = HostBinding.AllocationMode(Endpoint.TargetHost),
        },
    };

    /// <summary>Takes over the address that DCP gave, in the host's network and in that of the containers.</summary>
    public void Allocate(int port)
    {
        var mode = HostBinding.ModeOf(Endpoint.TargetHost);
        var address = HostBinding.IsSingleAddress(Endpoint.TargetHost) ? Endpoint.TargetHost : KnownHostNames.Localhost;
        Endpoint.AllocatedEndpoint = new AllocatedEndpoint(Endpoint, address, port, mode, TargetPortExpression);

        var isContainer = Resource.IsContainer();
        var inContainerNetwork = isContainer
            ? new AllocatedEndpoint(
                Endpoint, Resource.Name, Endpoint.TargetPort ?? port, mode, TargetPortExpression, KnownNetworkIdentifiers.DefaultAspireContainerNetwork)
            : new AllocatedEndpoint(
                Endpoint, KnownHostNames.DockerDesktopHostBridge, port, mode, TargetPortExpression, KnownNetworkIdentifiers.DefaultAspireContainerNetwork);
        Endpoint.AllAllocatedEndpoints.AddOrUpdateAllocatedEndpoint(KnownNetworkIdentifiers.DefaultAspireContainerNetwork, inContainerNetwork);
    }
}

using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp.Model;

namespace Aspire.Hosting.Dcp;

/// <summary>The Services for all endpoints of what DCP runs; made and allocated before any process, so that each can be told the addresses of the others.</summary>
internal sealed class EndpointPlan
{
    private static readonly TimeSpan s_allocationTimeout = TimeSpan.FromSeconds(20);

    private readonly bool _randomizePorts;
    private readonly ILookup<IResource, EndpointService> _byResource;

    private EndpointPlan(IReadOnlyList<EndpointService> services, bool randomizePorts)
    {
        _randomizePorts = randomizePorts;
        _byResource = services.ToLookup(s => s.Resource);
    }

    public IEnumerable<EndpointService> Of(IResource resource) => _byResource[resource];

    /// <param name="resources">What DCP runs.</param>
    /// <param name="randomizePorts">Whether ports given in the model are ignored, so that several copies of an application can run side by side.</param>
    /// <exception cref="DistributedApplicationException">Endpoints that cannot work, or a port that is taken.</exception>
    public static EndpointPlan Create(IEnumerable<IResource> resources, bool randomizePorts)
    {
        var services = new List<EndpointService>();
        foreach (var resource in resources)
        {
            var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToArray();
            var mayProxy = !resource.TryGetLastAnnotation<ProxySupportAnnotation>(out var support) || support.ProxyEnabled;
            services.AddRange(endpoints.Select(endpoint => new EndpointService(
                resource, endpoint, endpoints.Length == 1 ? resource.Name : $"{resource.Name}-{endpoint.Name}", mayProxy && endpoint.IsProxied)));
        }

        foreach (var service in services)
            Validate(service, randomizePorts);
        if (!randomizePorts)
            CheckPorts(services);
        return new EndpointPlan(services, randomizePorts);
    }

    /// <summary>Creates the Services and gives every endpoint its address.</summary>
    public async Task AllocateAsync(DcpClient client, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(s_allocationTimeout);
        await Task.WhenAll(_byResource.SelectMany(s => s).Select(s => AllocateAsync(client, s, deadline.Token))).ConfigureAwait(false);
    }

    private async Task AllocateAsync(DcpClient client, EndpointService service, CancellationToken cancellationToken)
    {
        if (!service.IsProxied)
        {
            service.Endpoint.Port ??= FreePort();
            service.Allocate(service.Endpoint.Port ?? FreePort());
            return;
        }

        try
        {
            var created = await client.CreateAsync(service.ToService(_randomizePorts), cancellationToken).ConfigureAwait(false);
            while (created.Status?.EffectivePort is null or 0)
            {
                await Task.Delay(2, cancellationToken).ConfigureAwait(false);
                created = await client.GetAsync<Service>(created.Plural, created.Name, cancellationToken).ConfigureAwait(false)
                    ?? throw new DistributedApplicationException($"DCP lost the Service for {service.Describe()}.");
            }

            service.Allocate(created.Status.EffectivePort.Value);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new DistributedApplicationException(
                $"No address was allocated for {service.Describe()}, port {service.Endpoint.Port?.ToString() ?? "any"}, host '{service.Endpoint.TargetHost}' " +
                $"within {s_allocationTimeout.TotalSeconds:0} s. Check that the port is free and the host is an address of this machine.", e);
        }
    }

    private static void Validate(EndpointService service, bool randomizePorts)
    {
        var (endpoint, resource) = (service.Endpoint, service.Resource);
        var isContainer = resource.IsContainer();
        if (isContainer && endpoint.TargetPort is null && service.IsProxied)
            throw new DistributedApplicationException($"The {service.Describe()} has no target port. Give the port that the container listens on: targetPort.");
        if (isContainer)
            return;

        if (service.IsProxied && !randomizePorts && endpoint.Port is { } port && endpoint.TargetPort == port)
        {
            throw new DistributedApplicationException(
                $"The {service.Describe()} has {port} as port and as target port; the proxy and the process cannot both listen there. " +
                "Leave targetPort out, or set isProxied: false.");
        }

        if (resource.GetReplicaCount() > 1 && (!service.IsProxied || endpoint.TargetPort is not null))
        {
            throw new DistributedApplicationException(
                $"The {service.Describe()} cannot be shared by {resource.GetReplicaCount()} replicas, because each of them would listen on the same port. " +
                "Remove its targetPort and let it be proxied, or run one replica.");
        }
    }

    /// <summary>DCP would only log that it cannot listen; the user needs to know which endpoint, and what to do.</summary>
    private static void CheckPorts(List<EndpointService> services)
    {
        foreach (var same in services.Where(s => s.Endpoint.Port is not null).GroupBy(s => (s.Endpoint.Port, s.Endpoint.TargetHost, s.Endpoint.Protocol)))
        {
            var users = same.ToArray();
            if (users.Length > 1)
            {
                throw new DistributedApplicationException(
                    $"The port {same.Key.Port} is given to the {string.Join(" and to the ", users.Select(u => u.Describe()))}. Change one of them, or leave the port out.");
            }

            if (!IsFree(users[0]))
            {
                throw new DistributedApplicationException(
                    $"The port {same.Key.Port} of the {users[0].Describe()} is already in use. Stop the program that listens there " +
                    $"(maybe another run of this application), choose another port for the endpoint, or leave the port out to get a free one.");
            }
        }
    }

    private static bool IsFree(EndpointService service)
    {
        var host = service.Endpoint.TargetHost;
        var address = HostBinding.IsSingleAddress(host) ? IPAddress.Parse(host)
            : HostBinding.ModeOf(host) == EndpointBindingMode.SingleAddress ? IPAddress.Loopback : IPAddress.Any;
        var isUdp = service.Endpoint.Protocol == ProtocolType.Udp;
        using var socket = new Socket(address.AddressFamily, isUdp ? SocketType.Dgram : SocketType.Stream, service.Endpoint.Protocol);
        try
        {
            socket.Bind(new IPEndPoint(address, service.Endpoint.Port!.Value));
            if (!isUdp)
                socket.Listen(1);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
        catch (SocketException e)
        {
            throw new DistributedApplicationException($"The port {service.Endpoint.Port} of the {service.Describe()} cannot be used on '{host}': {e.Message}.", e);
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The address under which an endpoint is reached in one network.</summary>
public class AllocatedEndpoint
{
    /// <param name="endpoint">The endpoint that got the address.</param>
    /// <param name="address">A host name or IP address.</param>
    /// <param name="port">1-65535.</param>
    /// <param name="bindingMode">Which of the host's addresses are listened on.</param>
    /// <param name="targetPortExpression">The port the process itself listens on, or an expression that the orchestrator resolves for it.</param>
    /// <param name="networkId">Where the address holds; the endpoint's default network when null.</param>
    public AllocatedEndpoint(
        EndpointAnnotation endpoint, string address, int port, EndpointBindingMode bindingMode, string? targetPortExpression = null, NetworkIdentifier? networkId = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentException.ThrowIfNullOrEmpty(address);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65535);
        Endpoint = endpoint;
        Address = address;
        Port = port;
        BindingMode = bindingMode;
        TargetPortExpression = targetPortExpression;
        NetworkID = networkId ?? endpoint.DefaultNetworkID;
    }

    public AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, EndpointBindingMode bindingMode, string? targetPortExpression)
        : this(endpoint, address, port, bindingMode, targetPortExpression, networkId: null)
    {
    }

    public AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, string? targetPortExpression = null)
        : this(endpoint, address, port, EndpointBindingMode.SingleAddress, targetPortExpression, networkId: null)
    {
    }

    public EndpointAnnotation Endpoint { get; }
    public string Address { get; }
    public int Port { get; }
    public EndpointBindingMode BindingMode { get; }
    public string? TargetPortExpression { get; }
    public NetworkIdentifier NetworkID { get; }

    public string UriScheme => Endpoint.UriScheme;
    public string EndPointString => $"{Address}:{Port}";
    public string UriString => $"{UriScheme}://{EndPointString}";

    public override string ToString() => UriString;
}

/// <summary>Which of a host's addresses an endpoint listens on.</summary>
public enum EndpointBindingMode
{
    SingleAddress,
    DualStackAnyAddresses,
    IPv4AnyAddresses,
    IPv6AnyAddresses,
}

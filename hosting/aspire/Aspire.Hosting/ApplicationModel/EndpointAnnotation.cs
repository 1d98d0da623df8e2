using System.Diagnostics;
using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint that a resource listens on.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}, Name = {Name}")]
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private string? _transport;
    private int? _port;
    private int? _targetPort;
    private bool _targetPortSet;
    private bool? _isProxied;

    /// <param name="protocol">TCP or UDP.</param>
    /// <param name="uriScheme">Scheme of the endpoint's URL; the protocol's name when null.</param>
    /// <param name="transport"><c>http</c>, <c>http2</c> or <c>tcp</c>; follows from the scheme when null.</param>
    /// <param name="name">Unique within the resource, regardless of case; the scheme when null.</param>
    /// <param name="port">The port others connect to; allocated when null.</param>
    /// <param name="targetPort">The port the process listens on; allocated when null.</param>
    /// <param name="isExternal">Whether it is reachable from outside the application.</param>
    /// <param name="isProxied">Whether others connect through a proxy; true when null.</param>
    public EndpointAnnotation(
        ProtocolType protocol, string? uriScheme = null, string? transport = null, string? name = null,
        int? port = null, int? targetPort = null, bool? isExternal = null, bool? isProxied = null)
        : this(protocol, networkId: null, uriScheme, transport, name, port, targetPort, isExternal, isProxied)
    {
    }

    /// <inheritdoc cref="EndpointAnnotation(ProtocolType, string?, string?, string?, int?, int?, bool?, bool?)"/>
    public EndpointAnnotation(
        ProtocolType protocol, NetworkIdentifier? networkId, string? uriScheme = null, string? transport = null, string? name = null,
        int? port = null, int? targetPort = null, bool? isExternal = null, bool? isProxied = null)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? protocol.ToString().ToLowerInvariant();
        _transport = transport;
        Name = name ?? UriScheme;
        ModelName.Validate("endpoint", Name);
        _port = port;
        TargetPort = targetPort;
        _targetPortSet = targetPort is not null;
        IsExternal = isExternal ?? false;
        _isProxied = isProxied;
        DefaultNetworkID = networkId ?? KnownNetworkIdentifiers.LocalhostNetwork;
    }

    public string Name { get; set; }

    public ProtocolType Protocol { get; set; }

    public string UriScheme { get; set; }

    public string Transport
    {
        get => _transport ?? (UriScheme is "http" or "https" ? "http" : Protocol.ToString().ToLowerInvariant());
        set => _transport = value;
    }

    /// <summary>The port others connect to. Without a proxy it is the target port when only that one is given.</summary>
    public int? Port
    {
        get => _port ?? (IsProxied ? null : _targetPort);
        set => _port = value;
    }

    /// <summary>The port the process listens on. Without a proxy it is <see cref="Port"/> when only that one is given.</summary>
    public int? TargetPort
    {
        get => _targetPortSet || IsProxied ? _targetPort : _port;
        set
        {
            _targetPort = value;
            _targetPortSet = value is not null;
        }
    }

    /// <summary>The address the endpoint is bound to in development.</summary>
    public string TargetHost { get; set; } = KnownHostNames.Localhost;

    public bool IsExternal { get; set; }

    public bool IsProxied
    {
        get => _isProxied ?? true;
        set => _isProxied = value;
    }

    /// <summary>What the user said about a proxy; null when nothing.</summary>
    public bool? IsExplicitlyProxied
    {
        get => _isProxied;
        set => _isProxied = value;
    }

    public bool TlsEnabled { get; set; }

    /// <summary>Whether a reference to the whole resource leaves this endpoint out.</summary>
    public bool ExcludeReferenceEndpoint { get; set; }

    public NetworkIdentifier DefaultNetworkID { get; }

    /// <summary>The address in the default network; null until allocated.</summary>
    public AllocatedEndpoint? AllocatedEndpoint
    {
        get => AllAllocatedEndpoints.Get(DefaultNetworkID).Latest;
        set
        {
            if (value is not null)
            {
                AllAllocatedEndpoints.AddOrUpdateAllocatedEndpoint(value.NetworkID, value);
            }
        }
    }

    public NetworkEndpointSnapshotList AllAllocatedEndpoints { get; } = new();

    /// <summary>Set for endpoints that came from a launch profile or from Kestrel's configuration and not from code.</summary>
    internal bool FromLaunchProfile { get; set; }
}

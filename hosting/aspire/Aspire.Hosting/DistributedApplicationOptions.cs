using System.Reflection;

namespace Aspire.Hosting;

/// <summary>How an AppHost is set up.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>Name of the assembly whose resources and user secrets are used; the entry assembly when null.</summary>
    public string? AssemblyName { get; set; }

    public string[]? Args { get; set; }

    public bool DisableDashboard { get; set; }

    /// <summary>Whether the dashboard and its resource service may do without TLS.</summary>
    public bool AllowUnsecuredTransport { get; set; }

    /// <summary>Whether the resources' logs also go to the AppHost's logger.</summary>
    public bool EnableResourceLogging { get; set; }

    /// <summary>A registry that all container images are taken from.</summary>
    public string? ContainerRegistryOverride { get; set; }

    /// <summary>Folder of the AppHost's project; that which the build noted when null.</summary>
    public string? ProjectDirectory { get; set; }

    /// <summary>The application's name in the dashboard; the assembly's when null.</summary>
    public string? DashboardApplicationName { get; set; }

    internal Assembly? Assembly => AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly();
}

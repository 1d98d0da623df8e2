using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Lets the testing package look on while an AppHost's own program builds its application.</summary>
internal abstract class AppHostObserver
{
    private static readonly AsyncLocal<AppHostObserver?> s_current = new();

    /// <summary>The observer of this call chain; null outside tests.</summary>
    public static AppHostObserver? Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }

    public abstract void BuilderCreating(DistributedApplicationOptions options, HostApplicationBuilderSettings settings);

    public abstract void BuilderCreated(DistributedApplicationBuilder builder);

    public abstract void ApplicationBuilding(DistributedApplicationBuilder builder);

    public abstract void ApplicationBuilt(DistributedApplication application);
}

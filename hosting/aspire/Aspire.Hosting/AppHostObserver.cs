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

    public virtual void BuilderCreating(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
    }

    public virtual void ApplicationBuilding(DistributedApplicationBuilder builder)
    {
    }

    public virtual void ApplicationBuilt(DistributedApplication application)
    {
    }

    /// <summary>What the program does instead of running the application; null lets it run.</summary>
    public virtual Func<CancellationToken, Task>? Run => null;
}

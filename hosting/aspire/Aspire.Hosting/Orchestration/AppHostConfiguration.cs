using System.Reflection;

namespace Aspire.Hosting.Orchestration;

/// <summary>The build configuration of the AppHost, which is that of the projects built with it.</summary>
internal sealed record AppHostConfiguration(string Name)
{
    public static AppHostConfiguration Of(Assembly? appHost) =>
        new(appHost?.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration is { Length: > 0 } configuration ? configuration : "Debug");
}

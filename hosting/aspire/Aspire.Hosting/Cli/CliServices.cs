using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Cli;

/// <summary>Lets the <c>aspire</c> command find and drive an AppHost in run mode.</summary>
internal static class CliServices
{
    public static void AddCli(this IDistributedApplicationBuilder builder, string projectFile)
    {
        var services = builder.Services;
        services.AddSingleton(new AppHostIdentity(projectFile, CliLaunch.From(builder.Configuration)));
        services.AddSingleton<AppHostReadiness>();
        services.AddSingleton<AppHostLog>();
        services.AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<AppHostLog>());
        services.AddSingleton<CliResources>();
        services.AddSingleton<DashboardAddresses>();
        services.AddSingleton<ConsoleLogs>();
        services.AddSingleton<ResourceWaits>();
        services.AddSingleton<CommandRuns>();
        services.AddHostedService<CliChannels>();
        services.AddHostedService<CliWatch>();
    }
}

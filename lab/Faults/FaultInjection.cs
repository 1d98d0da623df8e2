using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MsaAspire.Faults;

/// <summary>
/// Makes a service of the shop fail on request, for experiments and tests. Nothing in a service refers to this: .NET loads it into the service's
/// process because of the variable that <see cref="AddTo"/> sets, which neither the AppHost nor anything exported from it sets.
/// </summary>
/// <remarks>
/// <c>POST /faults/crash?after=</c> (in seconds), <c>leak?megabytesPerSecond=</c>, <c>spin?seconds=</c>, <c>hang?seconds=</c> (calls of the payment
/// provider block their threads) and <c>die-at?step=&amp;pid=</c> (see <see cref="CrashPoints"/>).
/// </remarks>
public sealed class FaultInjection : IHostingStartup
{
    /// <summary>A response header of the service: the process that answered.</summary>
    public const string ServedBy = "X-Served-By";

    /// <summary>Makes a service that is started with this environment one that can be told to fail.</summary>
    public static void AddTo(IDictionary<string, object> environment) => environment["DOTNET_STARTUP_HOOKS"] = typeof(FaultInjection).Assembly.Location;

    /// <inheritdoc/>
    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(services =>
    {
        var crashPoints = new CrashPoints();
        services.AddSingleton(crashPoints);
        services.AddSingleton<ILoggerProvider>(crashPoints);
        services.AddLogging(logging => logging.AddFilter<CrashPoints>(CrashPoints.Category, LogLevel.Debug));
        services.AddSingleton<ProcessFaults>();
        services.AddTransient<IStartupFilter, FaultEndpoints>();
        // Before the handlers that the service adds: service discovery replaces the name that this one looks for.
        services.AddTransient<HangingCalls>();
        services.ConfigureHttpClientDefaults(http => http.AddHttpMessageHandler<HangingCalls>());
    });
}

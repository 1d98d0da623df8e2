using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using MsaAspire.Hosting.Processes.Tools;

namespace MsaAspire.Hosting.Processes;

/// <summary>Swaps a server's container for processes. All of it happens just before the start, when the app model says everything about the server.</summary>
internal static class ServerProcess
{
    /// <summary>Arranges for the swap.</summary>
    /// <typeparam name="TServer">Type of the server.</typeparam>
    /// <typeparam name="TBinaries">Where its programs are.</typeparam>
    /// <param name="server">The server.</param>
    /// <param name="getBinariesAsync">Finds or fetches the programs.</param>
    /// <param name="addProcess">Adds the server's process, and helpers, to the app model.</param>
    public static IResourceBuilder<TServer> Arrange<TServer, TBinaries>(
        IResourceBuilder<TServer> server,
        Func<string, IProgress<string>, CancellationToken, Task<TBinaries>> getBinariesAsync,
        Func<IResourceBuilder<TServer>, TBinaries, RunFolder, IResourceBuilder<ServerProcessResource>> addProcess)
        where TServer : ContainerResource, IResourceWithConnectionString
    {
        var application = server.ApplicationBuilder;
        if (!application.ExecutionContext.IsRunMode)
        {
            return server;
        }

        ProxyBypass.Add();
        var backing = application.Configuration.GetBacking();
        application.Services.TryAddSingleton<RunFolder>();
        application.Services.TryAddSingleton<StartedServers>();
        application.Services.TryAddSingleton<StartReport>();
        application.Services.TryAddSingleton<BlockedResource>();
        application.Services.TryAddSingleton(new StartReportOptions(TimeSpan.FromSeconds(30)));
        application.Eventing.Subscribe<BeforeStartEvent>(async (start, cancellationToken) =>
        {
            HomeFolder.RequireWritable();
            start.Services.GetRequiredService<StartReport>();
            if (await GetBinariesOrNullAsync(server, backing, getBinariesAsync, start.Services, cancellationToken) is { } binaries)
            {
                var run = start.Services.GetRequiredService<RunFolder>();
                var process = addProcess(server, binaries, run);
                await LockDataAsync(server.Resource, process.Resource, run, start.Services, cancellationToken);
                Swap(server, process, start);
                start.Services.GetRequiredService<StartedServers>();
            }
        });
        return server;
    }

    /// <summary>An endpoint without a proxy, on a free port when none is given.</summary>
    public static IResourceBuilder<ServerProcessResource> WithDirectEndpoint(
        this IResourceBuilder<ServerProcessResource> process, string name, string scheme = "tcp", int? port = null)
    {
        var number = port ?? FreePort.Next();
        return process.WithEndpoint(port: number, targetPort: number, scheme: scheme, name: name, isProxied: false);
    }

    private static async Task LockDataAsync(IResource server, ServerProcessResource process, RunFolder run, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (process.DataFolder is { } folder)
        {
            process.Data = await DataLock.TakeAsync(server.Name, folder, DataLock.Limit, new LogProgress(Log(services)), cancellationToken);
            run.Keep(process.Data);
        }
    }

    internal static ILogger Log(ILoggerFactory logs) => logs.CreateLogger("MsaAspire.Hosting.Processes");

    private static ILogger Log(IServiceProvider services) => Log(services.GetRequiredService<ILoggerFactory>());

    private static void Swap<TServer>(IResourceBuilder<TServer> server, IResourceBuilder<ServerProcessResource> process, BeforeStartEvent start)
        where TServer : ContainerResource, IResourceWithConnectionString
    {
        var annotations = server.Resource.Annotations;
        foreach (var endpoint in annotations.OfType<EndpointAnnotation>())
        {
            process.WithDirectEndpoint(endpoint.Name, endpoint.UriScheme, endpoint.Port);
        }

        foreach (var annotation in annotations.Where(annotation => annotation is WaitAnnotation or ExplicitStartupAnnotation).ToList())
        {
            process.Resource.Annotations.Add(annotation);
        }

        foreach (var image in annotations.OfType<ContainerImageAnnotation>().ToList())
        {
            annotations.Remove(image);
        }

        process.ExcludeFromManifest();
        ServerCommands.Add(server, process.Resource);
        new ServerMirror(server.Resource, process.Resource, start.Model, start.Services).Start();
    }

    /// <summary>Null means a container.</summary>
    private static async Task<TBinaries?> GetBinariesOrNullAsync<TServer, TBinaries>(
        IResourceBuilder<TServer> server, Backing backing, Func<string, IProgress<string>, CancellationToken, Task<TBinaries>> getBinariesAsync,
        IServiceProvider services, CancellationToken cancellationToken) where TServer : IResource
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var log = Log(services);
        ToolException? unavailable = null;
        if (backing != Backing.Container)
        {
            try
            {
                return await getBinariesAsync(server.ApplicationBuilder.AppHostDirectory, new LogProgress(log), cancellationToken);
            }
            catch (ToolException e) when (backing == Backing.Auto)
            {
                unavailable = e;
            }
            catch (ToolException e)
            {
                throw new DistributedApplicationException($"'{server.Resource.Name}' cannot run as a process: {e.Message}", e);
            }
        }

        var problem = await ContainerEngine.FindProblemAsync(configuration, cancellationToken);
        if (problem is null)
        {
            if (unavailable is not null)
            {
                log.LogWarning("'{Server}' runs as a container, because: {Reason}", server.Resource.Name, unavailable.Message);
            }

            return default;
        }

        throw new DistributedApplicationException(unavailable is null
            ? $"'{server.Resource.Name}' cannot run as a container (Backing=container): {problem}. Start a container engine (docker or podman), or leave Backing out to run it as a process."
            : $"'{server.Resource.Name}' can run neither as a process nor as a container.\nProcess: {unavailable.Message}\nContainer: {problem}.");
    }

    private sealed class LogProgress(ILogger log) : IProgress<string>
    {
        public void Report(string value) => log.LogInformation("{Message}", value);
    }
}

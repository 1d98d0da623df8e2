using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using MsaAspire.Tools;

namespace Aspire.Hosting.Dcp;

/// <summary>The application's one DCP session, started in the background as early as possible.</summary>
internal sealed class DcpHost(IConfiguration configuration, ILoggerFactory loggerFactory) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _disposing = new();
    private Task<DcpSession>? _session;
    private bool _stopped;

    /// <summary>Begins to start DCP; later calls give the same session.</summary>
    public Task<DcpSession> StartAsync()
    {
        lock (_lock)
            return _session ??= Task.Run(StartSessionAsync);
    }

    /// <summary>Stops everything DCP runs, and DCP itself. Does nothing if it was never started or is stopped already.</summary>
    public async Task StopAsync(TimeSpan timeout)
    {
        Task<DcpSession>? starting;
        lock (_lock)
        {
            starting = _stopped ? null : _session;
            _stopped = true;
        }

        if (starting is null)
            return;
        await _disposing.CancelAsync().ConfigureAwait(false);
        await ((Task)starting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (starting.IsCompletedSuccessfully)
        {
            var session = await starting.ConfigureAwait(false);
            await session.StopAsync(timeout).ConfigureAwait(false);
            await session.DisposeAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.FromSeconds(10)).ConfigureAwait(false);
        _disposing.Dispose();
    }

    private async Task<DcpSession> StartSessionAsync()
    {
        var path = await FindAsync().ConfigureAwait(false);
        var containerRuntime = configuration["ASPIRE_CONTAINER_RUNTIME"] ?? configuration["DOTNET_ASPIRE_CONTAINER_RUNTIME"];
        return await DcpSession.StartAsync(path, containerRuntime, loggerFactory, _disposing.Token).ConfigureAwait(false);
    }

    private async Task<string> FindAsync()
    {
        if (configuration["ASPIRE_DCP_PATH"] is { Length: > 0 } configured)
            return Directory.Exists(configured) ? Path.Combine(configured, OperatingSystem.IsWindows() ? "dcp.exe" : "dcp") : configured;

        try
        {
            var directory = configuration["AppHost:Directory"] ?? Directory.GetCurrentDirectory();
            return (await Toolbox.GetAspireAsync(directory, new ConsoleProgress(), _disposing.Token).ConfigureAwait(false)).DcpPath;
        }
        catch (ToolException e)
        {
            throw new DistributedApplicationException(e.Message, e);
        }
    }
}

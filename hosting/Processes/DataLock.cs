using System.Diagnostics;
using Aspire.Hosting;
using MsaAspire.Hosting.Processes.Tools;

namespace MsaAspire.Hosting.Processes;

/// <summary>
/// Keeps the data of a server for one AppHost, on every system: two servers on one folder would destroy it. The operating system gives the
/// lock back when the AppHost ends, however it does; its servers may live on for some seconds, so each start says in the folder who serves it.
/// </summary>
internal sealed class DataLock : IDisposable
{
    private const string LockName = "in-use.lock";
    private const string ServerName = "in-use.server";
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private readonly string _folder;
    private readonly FolderLock _held;

    private DataLock(string folder, FolderLock held)
    {
        _folder = folder;
        _held = held;
    }

    /// <summary>An AppHost that is told to stop does so in less, as do the servers of one that was killed.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(15);

    /// <summary>Waits a short time for whoever uses the data, who may just be ending.</summary>
    /// <param name="server">The server's name.</param>
    /// <param name="folder">The folder of its data.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="progress">Told once when there is something to wait for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="DistributedApplicationException">The data is still in use; the message says by whom.</exception>
    public static async Task<DataLock> TakeAsync(string server, string folder, TimeSpan limit, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var held = await FolderLock.TakeAsync(
            Path.Combine(folder, LockName), limit,
            holder => progress.Report($"Waiting up to {limit.TotalSeconds:0} s for the AppHost of {holder}, which uses the data of '{server}' ..."),
            holder => InUse(server, folder, $"the AppHost of {holder}", "Stop it"),
            cancellationToken);
        var taken = new DataLock(folder, held);
        try
        {
            await taken.WaitForServerAsync(server, limit, clock, progress, cancellationToken);
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Says in the folder which process serves it, for the next start.</summary>
    public void ServedBy(ProcessIdentity process) => File.WriteAllText(ServerFile, process.ToLines());

    public void Dispose() => _held.Dispose();

    private string ServerFile => Path.Combine(_folder, ServerName);

    private async Task WaitForServerAsync(string server, TimeSpan limit, Stopwatch clock, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var told = false;
        while (ProcessIdentity.Read(ServerFile) is { IsAlive: true } process)
        {
            if (clock.Elapsed > limit)
            {
                throw InUse(server, _folder, $"process {process.Id}, which an AppHost has left behind", "End it");
            }

            if (!told)
            {
                told = true;
                progress.Report($"Waiting up to {limit.TotalSeconds:0} s for the end of process {process.Id}, which still serves the data of '{server}' ...");
            }

            await Task.Delay(Poll, cancellationToken);
        }
    }

    private static DistributedApplicationException InUse(string server, string folder, string holder, string advice) =>
        new($"The data of '{server}' in {folder} is in use by {holder}. {advice}, or give the server a volume of its own.");
}

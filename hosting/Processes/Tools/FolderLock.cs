using System.Diagnostics;

namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>Keeps a folder for one process. The operating system releases it when its holder exits.</summary>
internal sealed class FolderLock : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private readonly FileStream _stream;

    private FolderLock(FileStream stream) => _stream = stream;

    /// <summary>Waits until the lock is free.</summary>
    /// <param name="path">The lock's file; beside it is another one that names its holder.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="waiting">Told once, who holds it.</param>
    /// <param name="refusal">What to throw when it has not become free, given who holds it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<FolderLock> TakeAsync(
        string path, TimeSpan limit, Action<string> waiting, Func<string, Exception> refusal, CancellationToken cancellationToken)
    {
        var owner = path + ".owner";
        var waited = Stopwatch.StartNew();
        var told = false;
        while (true)
        {
            try
            {
                var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                await File.WriteAllTextAsync(owner + ".new", $"{Environment.ProcessId}", cancellationToken);
                File.Move(owner + ".new", owner, overwrite: true);
                return new FolderLock(stream);
            }
            catch (IOException) when (File.Exists(path))
            {
                var id = await ReadAsync(owner, cancellationToken);
                if (waited.Elapsed > limit)
                {
                    throw refusal($"process {id}");
                }

                // Not at once: the holder may not have said yet who it is, and most waits are shorter. A holder in this process reports itself.
                if (!told && waited.Elapsed > Poll && id != $"{Environment.ProcessId}")
                {
                    told = true;
                    waiting($"process {id}");
                }
            }

            await Task.Delay(Poll, cancellationToken);
        }
    }

    public void Dispose() => _stream.Dispose();

    private static async Task<string> ReadAsync(string owner, CancellationToken cancellationToken)
    {
        try
        {
            return (await File.ReadAllTextAsync(owner, cancellationToken)).Trim();
        }
        catch (IOException)
        {
            return "unknown";
        }
    }
}

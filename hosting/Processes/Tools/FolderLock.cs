using System.Diagnostics;

namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>Keeps two processes from installing the same tool at once. The operating system releases it when its holder dies.</summary>
internal sealed class FolderLock : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private readonly FileStream _stream;

    private FolderLock(FileStream stream) => _stream = stream;

    public static async Task<FolderLock> TakeAsync(string path, TimeSpan limit, IProgress<string>? progress, CancellationToken cancellationToken)
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
                var holder = $"process {id}";
                if (waited.Elapsed > limit)
                {
                    throw new ToolException($"Waited {limit.TotalSeconds:0} s for {holder}, which holds {path}. End it, or delete that file when it is long gone.");
                }

                // Not at once: the holder may not have said yet who it is, and most waits are shorter. A holder in this process reports itself.
                if (!told && waited.Elapsed > Poll && id != $"{Environment.ProcessId}")
                {
                    told = true;
                    progress?.Report($"Waiting for {holder}, which is fetching the same tool ...");
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

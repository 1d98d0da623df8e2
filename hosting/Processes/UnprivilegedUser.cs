using System.Diagnostics;
using Aspire.Hosting;
using MsaAspire.Hosting.Processes.Tools;

namespace MsaAspire.Hosting.Processes;

/// <summary>Whom the servers run as when the AppHost runs as root: PostgreSQL refuses to, and RabbitMQ need not.</summary>
internal sealed record UnprivilegedUser(string Name, string UserId, string GroupId)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Null where the AppHost's own user will do.</summary>
    public static UnprivilegedUser? Needed()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        if (Machine.FindProgram("setpriv") is null)
        {
            throw new DistributedApplicationException("The servers do not run as root, and `setpriv` (util-linux), which changes to another user, is not on PATH. Run the AppHost as an ordinary user, or install util-linux.");
        }

        var accounts = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length > 3).ToLookup(fields => fields[0]);
        return new[] { "postgres", "nobody" }.SelectMany(name => accounts[name]).Select(fields => new UnprivilegedUser(fields[0], fields[2], fields[3])).FirstOrDefault()
            ?? throw new DistributedApplicationException("The servers do not run as root, and /etc/passwd knows neither `postgres` nor `nobody`. Run the AppHost as an ordinary user.");
    }

    /// <summary>The command line that becomes the given program as this user; no process of its own stays.</summary>
    public string[] Prefix => ["setpriv", "--reuid", UserId, "--regid", GroupId, "--clear-groups", "--no-new-privs", "--"];

    /// <summary>Gives the user a file, or a folder with all that is in it.</summary>
    public async Task OwnAsync(string path, CancellationToken cancellationToken)
    {
        var result = await ChildProcess.RunAsync(new ProcessStartInfo("chown", ["-R", $"{UserId}:{GroupId}", path]), Limit, cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new DistributedApplicationException($"{path} cannot be given to the user {Name}: {result.Tail}");
        }
    }
}

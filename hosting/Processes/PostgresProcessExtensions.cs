using Aspire.Hosting.ApplicationModel;
using MsaAspire.Hosting.Processes;
using MsaAspire.Hosting.Processes.Tools;

namespace Aspire.Hosting;

/// <summary>PostgreSQL without a container engine.</summary>
public static class PostgresProcessExtensions
{
    /// <summary>
    /// Runs the server as a process of this machine in run mode; publishing is not affected. Its data is deleted with the run unless
    /// <see cref="PostgresBuilderExtensions.WithDataVolume"/> or <see cref="PostgresBuilderExtensions.WithDataBindMount"/> keeps it.
    /// </summary>
    /// <remarks>Configuration key `Backing`: `auto` (default: a process where PostgreSQL can be had, else the container), `process`, `container`.</remarks>
    /// <exception cref="DistributedApplicationException">`Backing` has another value.</exception>
    public static IResourceBuilder<PostgresServerResource> RunAsProcess(this IResourceBuilder<PostgresServerResource> builder) =>
        ServerProcess.Arrange(builder, Toolbox.GetPostgresAsync, AddProcess);

    private static IResourceBuilder<ServerProcessResource> AddProcess(IResourceBuilder<PostgresServerResource> server, PostgresBinaries binaries, RunFolder run)
    {
        var name = server.Resource.Name;
        var user = UnprivilegedUser.Needed();
        var runFolder = run.For(name);
        var dataFolder = DataFolder.Of(server.Resource, "/var/lib/postgresql", runFolder);
        var data = new PostgresDataFolder(binaries, user, dataFolder, runFolder);
        string[] command = [.. user?.Prefix ?? [], binaries.PostgresPath];
        var process = server.ApplicationBuilder.AddResource(new ServerProcessResource($"{name}-process", command[0], runFolder, server.Resource) { DataFolder = dataFolder, PidFile = data.PidFile });
        process.WithArgs(context =>
        {
            foreach (var argument in command[1..])
            {
                context.Args.Add(argument);
            }

            context.Args.Add("-D");
            context.Args.Add(data.Path);
            context.Args.Add("-p");
            context.Args.Add(process.GetEndpoint(server.Resource.PrimaryEndpoint.EndpointName).Property(EndpointProperty.TargetPort));
            foreach (var setting in Settings(name))
            {
                context.Args.Add("-c");
                context.Args.Add(setting);
            }
        });
        process.OnBeforeResourceStarted(async (_, _, cancellationToken) => await data.PrepareAsync(
            name,
            await server.Resource.UserNameReference.GetValueAsync(cancellationToken) ?? "postgres",
            await server.Resource.PasswordParameter.GetValueAsync(cancellationToken) ?? "",
            cancellationToken));
        return process;
    }

    // A few services with pools of their own soon need more than the 100 connections of the default. Sockets on disk would need a
    // folder that is private and short; nothing uses them. Shared memory in the data folder goes with it.
    private static IEnumerable<string> Settings(string name)
    {
        yield return "listen_addresses=127.0.0.1";
        yield return "max_connections=300";
        yield return $"cluster_name={name}";
        yield return "timezone=UTC";
        yield return "log_timezone=UTC";
        if (!OperatingSystem.IsWindows())
        {
            yield return "unix_socket_directories=";
            yield return "dynamic_shared_memory_type=mmap";
        }
    }
}

using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MsaAspire.Hosting.Processes;
using MsaAspire.Hosting.Processes.Tools;

namespace Aspire.Hosting;

/// <summary>RabbitMQ without a container engine.</summary>
public static class RabbitMQProcessExtensions
{
    private const string DistributionEndpointName = "distribution";
    private const string ManagementEndpointName = "management";

    /// <summary>
    /// Runs the broker as a process of this machine in run mode; publishing is not affected. Its data is deleted with the run unless
    /// <see cref="RabbitMQBuilderExtensions.WithDataVolume"/> or <see cref="RabbitMQBuilderExtensions.WithDataBindMount"/> keeps it.
    /// </summary>
    /// <remarks>Configuration key `Backing`: `auto` (default: a process where RabbitMQ can be had, else the container), `process`, `container`.</remarks>
    /// <exception cref="DistributedApplicationException">`Backing` has another value.</exception>
    public static IResourceBuilder<RabbitMQServerResource> RunAsProcess(this IResourceBuilder<RabbitMQServerResource> builder) =>
        ServerProcess.Arrange(builder, Toolbox.GetRabbitMqAsync, AddProcess);

    private static IResourceBuilder<ServerProcessResource> AddProcess(IResourceBuilder<RabbitMQServerResource> server, RabbitMqBinaries binaries, RunFolder run)
    {
        var name = server.Resource.Name;
        var runFolder = run.For(name);
        var user = UnprivilegedUser.Needed();
        var dataFolder = DataFolder.Of(server.Resource, "/var/lib/rabbitmq", runFolder);
        var folder = new BrokerFolder(binaries, user, dataFolder, runFolder, node: $"{name}@localhost");
        var management = server.Resource.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.Name == ManagementEndpointName);
        var mapper = PortMapper.Add(server.ApplicationBuilder, server.Resource, [.. user?.Prefix ?? [], binaries.EpmdPath], runFolder).GetEndpoint(PortMapper.EndpointName);
        string[] command = [.. user?.Prefix ?? [], binaries.ServerPath];
        var process = server.ApplicationBuilder.AddResource(new ServerProcessResource($"{name}-process", command[0], runFolder, server.Resource) { DataFolder = dataFolder })
            .WithArgs(command[1..])
            .WithDirectEndpoint(DistributionEndpointName);
        process.WithEnvironment(context =>
        {
            foreach (var (variable, value) in folder.Environment())
            {
                context.EnvironmentVariables[variable] = value;
            }

            context.EnvironmentVariables["RABBITMQ_DEFAULT_USER"] = server.Resource.UserNameReference;
            context.EnvironmentVariables["RABBITMQ_DEFAULT_PASS"] = server.Resource.PasswordParameter;
            context.EnvironmentVariables["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1";
            context.EnvironmentVariables["RABBITMQ_NODE_PORT"] = Port(server.Resource.PrimaryEndpoint.EndpointName);
            context.EnvironmentVariables["RABBITMQ_DIST_PORT"] = Port(DistributionEndpointName);
            context.EnvironmentVariables["ERL_EPMD_ADDRESS"] = "127.0.0.1";
            context.EnvironmentVariables["ERL_EPMD_PORT"] = mapper.Property(EndpointProperty.Port);

            // Never a port mapper of its own, which would be a daemon.
            context.EnvironmentVariables["ERL_FLAGS"] = "-start_epmd false";

            // Makes the script become the Erlang machine, which handles signals itself, instead of staying its parent.
            context.EnvironmentVariables["RUNNING_UNDER_SYSTEMD"] = "true";
            context.EnvironmentVariables["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = ErlangArguments(folder.ShutdownTime, management ? Port(ManagementEndpointName) : null);
        });
        process.OnBeforeResourceStarted(async (_, start, cancellationToken) =>
        {
            if (folder.UnusedData is { } unused)
            {
                start.Services.GetRequiredService<ResourceLoggerService>().GetLogger(server.Resource).LogWarning("{Server} starts without data: {Folder} is of another major version of RabbitMQ, which {Version} cannot read. It is left as it is; delete it when it is no longer needed.", name, unused, binaries.Version);
            }

            await folder.PrepareAsync(management, cancellationToken);
            await PortMapper.WaitAsync(mapper, cancellationToken);
        });
        return process;

        EndpointReferenceExpression Port(string endpoint) => process.GetEndpoint(endpoint).Property(EndpointProperty.TargetPort);
    }

    private static ReferenceExpression ErlangArguments(int shutdownTime, EndpointReferenceExpression? managementPort)
    {
        // A literal is a format string: each brace of Erlang's tuples is doubled.
        var arguments = new ReferenceExpressionBuilder();
        arguments.AppendLiteral($"-kernel inet_dist_use_interface {{{{127,0,0,1}}}} -shutdown_time {shutdownTime}");
        if (managementPort is not null)
        {
            arguments.AppendLiteral(" -rabbitmq_management tcp_config [{{port,");
            arguments.Append($"{managementPort}");
            arguments.AppendLiteral("}},{{ip,\"127.0.0.1\"}}]");
        }

        return arguments.Build();
    }
}

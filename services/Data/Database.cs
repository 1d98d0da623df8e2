using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace MsaAspire.Data;

/// <summary>A module's own database.</summary>
public static class Database
{
    /// <summary>
    /// Registers the data source of <paramref name="connectionName"/> under that key and migrates its schema when the host starts:
    /// each <c>Migrations/NNN_name.sql</c> embedded in the given assemblies once, in order. <c>/health</c> is not ready before that.
    /// A missing database is created.
    /// </summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="connectionName">The connection string's name in the app model.</param>
    /// <param name="schema">Where the module's tables live, so that modules can share one database server or one database.</param>
    /// <param name="migrations">The assemblies that carry migrations, first to last.</param>
    public static void AddDatabase(this IHostApplicationBuilder builder, string connectionName, string schema, params Assembly[] migrations)
    {
        builder.AddKeyedNpgsqlDataSource(connectionName, configureDataSourceBuilder: source =>
        {
            Tune(source.ConnectionStringBuilder);
            source.ConfigureTracing(tracing => tracing
                .ConfigureCommandFilter(_ => BelongsToATrace())
                .ConfigureBatchFilter(_ => BelongsToATrace())
                .EnableFirstResponseEvent(false)
                .EnablePhysicalOpenTracing(false));
        });
        builder.Services.AddKeyedSingleton(connectionName, (services, _) => new Migrator(
            services.GetRequiredKeyedService<NpgsqlDataSource>(connectionName),
            builder.Configuration.GetConnectionString(connectionName),
            new MigrationSource(schema, migrations),
            services.GetRequiredService<ILogger<Migrator>>()));
        builder.Services.AddSingleton<IHostedService>(services => services.GetRequiredKeyedService<Migrator>(connectionName));
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            $"{schema} migrations", services => services.GetRequiredKeyedService<Migrator>(connectionName), failureStatus: null, tags: null));
    }

    /// <summary>
    /// Statements of background loops belong to no request, and those of a probe to one that is not recorded: each would be a trace of its own.
    /// The sampler does not drop the latter, because the AppHost sets <c>always_on</c>, which ignores the parent.
    /// </summary>
    private static bool BelongsToATrace() => Activity.Current is { Recorded: true };

    /// <summary>Settings for services that repeat a small set of short statements. What the connection string sets itself is kept.</summary>
    public static void Tune(NpgsqlConnectionStringBuilder connection)
    {
        // A service uses a small set of statements: parse and plan each once per connection.
        connection.MaxAutoPrepare = 100;
        connection.AutoPrepareMinUsages = 2;
        // No statement leaves session state behind, so a reset on close is unnecessary.
        connection.NoResetOnClose = true;

        var defaults = new NpgsqlConnectionStringBuilder();
        // PostgreSQL accepts 100 connections by default, for all replicas of all services; more than its cores only queue there.
        if (connection.MaxPoolSize == defaults.MaxPoolSize)
            connection.MaxPoolSize = 16;
        // A prepared statement keeps the plan of its first runs, when the tables are new and a sequential scan seems cheap; that soon changes.
        // PostgreSQL still scans where no index applies. It then estimates such a high cost that it would compile the plan (JIT), which takes
        // each connection a fifth of a second and 25 MB.
        // A transaction whose process hangs gives its locks back after a minute.
        connection.Options ??= "-c enable_seqscan=off -c jit=off -c idle_in_transaction_session_timeout=60s";
        // A server that disappeared without a word is noticed in a minute, and not when the kernel gives up after two hours.
        if (connection.TcpKeepAliveTime == 0)
            (connection.TcpKeepAliveTime, connection.TcpKeepAliveInterval) = (30, 10);
        // A request must be answered before the gateway's timeout.
        if (connection.Timeout == defaults.Timeout)
            connection.Timeout = 5;
        if (connection.CommandTimeout == defaults.CommandTimeout)
            connection.CommandTimeout = 10;
    }
}

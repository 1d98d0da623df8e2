using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace MsaAspire.Data;

/// <summary>Reads have no side effects, so they can be retried.</summary>
public static class ReadRetries
{
    /// <summary>
    /// Retries once, on a new connection, when the connection to the database was lost: after a restart of the database every pooled
    /// connection is broken, and each would fail one request.
    /// </summary>
    /// <param name="endpoint">Answers from the database without changing it.</param>
    /// <param name="connectionName">The key of its data source.</param>
    public static TBuilder RetryOnLostConnection<TBuilder>(this TBuilder endpoint, string connectionName) where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddEndpointFilter(async (context, next) =>
        {
            try
            {
                return await next(context);
            }
            catch (NpgsqlException e) when (IsLostConnection(e))
            {
                context.HttpContext.RequestServices.GetRequiredKeyedService<NpgsqlDataSource>(connectionName).Clear();
                return await next(context);
            }
        });

    /// <summary>Not a time-out and not a full pool: those say that the database is overloaded, and a second statement and new connections make it worse.</summary>
    internal static bool IsLostConnection(NpgsqlException e) => e is PostgresException { Severity: "FATAL" or "PANIC" } || e.InnerException is IOException or SocketException;
}

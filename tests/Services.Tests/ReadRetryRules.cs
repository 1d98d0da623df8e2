using System.Net.Sockets;
using MsaAspire.Data;
using Npgsql;
using Xunit;

namespace Services.Tests;

public class ReadRetryRules
{
    public static TheoryData<NpgsqlException, bool> Failures => new()
    {
        { new NpgsqlException("the connection was reset", new IOException()), true },
        { new NpgsqlException("the server is gone", new SocketException()), true },
        { Postgres("FATAL", "57P01"), true },
        { new NpgsqlException("the statement took too long", new TimeoutException()), false },
        { new NpgsqlException("The connection pool has been exhausted"), false },
        { Postgres("ERROR", "57014"), false },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public void Only_a_lost_connection_repeats_a_read_because_a_second_statement_makes_an_overload_worse(NpgsqlException failure, bool repeats) =>
        Assert.Equal(repeats, ReadRetries.IsLostConnection(failure));

    private static PostgresException Postgres(string severity, string code) => new("failed", severity, severity, code);
}

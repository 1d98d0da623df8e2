using MsaAspire.Data;
using Npgsql;

namespace Benchmarks.Messages;

/// <summary>The peers' connections, set as those of our modules are.</summary>
internal static class PeerDatabase
{
    public static NpgsqlDataSource Create(string connectionString, int connections)
    {
        var source = new NpgsqlDataSourceBuilder(connectionString);
        Database.Tune(source.ConnectionStringBuilder);
        source.ConnectionStringBuilder.MaxPoolSize = connections;
        return source.Build();
    }
}

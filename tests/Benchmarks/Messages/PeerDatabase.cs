using Npgsql;

namespace Benchmarks.Messages;

/// <summary>The peers' connections, set as ServiceDefaults sets those of our modules: statements are prepared once per connection.</summary>
internal static class PeerDatabase
{
    public static NpgsqlDataSource Create(string connectionString, int connections)
    {
        var source = new NpgsqlDataSourceBuilder(connectionString);
        var settings = source.ConnectionStringBuilder;
        (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages, settings.NoResetOnClose) = (100, 2, true);
        settings.Options = "-c enable_seqscan=off -c jit=off";
        settings.MaxPoolSize = connections;
        return source.Build();
    }
}

namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>What it takes to run a RabbitMQ broker, as full paths.</summary>
/// <param name="ServerPath">The `rabbitmq-server` script that ends in the Erlang machine, not the distribution's wrapper that changes user.</param>
/// <param name="EpmdPath">The Erlang port mapper.</param>
/// <param name="ErlangBinFolder">The folder with `erl`; has to come first on the broker's PATH.</param>
/// <param name="FromMachine">True when the machine's own installation was found.</param>
internal sealed record RabbitMqBinaries(string ServerPath, string EpmdPath, string ErlangBinFolder, bool FromMachine);

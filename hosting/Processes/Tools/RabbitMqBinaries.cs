namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>What it takes to run a RabbitMQ broker, as full paths. Every user of the machine can read and execute them.</summary>
/// <param name="ServerPath">The `rabbitmq-server` script that ends in the Erlang machine, not the distribution's wrapper that changes user.</param>
/// <param name="EpmdPath">The Erlang port mapper.</param>
/// <param name="ErlangBinFolder">The folder with `erl`; has to come first on the broker's PATH.</param>
/// <param name="Version">Of the broker; a later major version cannot read the data of an earlier one.</param>
internal sealed record RabbitMqBinaries(string ServerPath, string EpmdPath, string ErlangBinFolder, Version Version);

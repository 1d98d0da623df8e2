/** The service's configuration from its environment. */
export interface Config {
  /** The broker's AMQP URI. */
  readonly broker: string;
  /** The base address of ordering's HTTP API. */
  readonly ordering: URL;
  readonly port: number;
  /** Undefined listens on every address, as a container must. */
  readonly host: string | undefined;
}

/** Reads the variables that Aspire sets; an error names the one to correct. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const port = Number(need(env, 'PORT', 'the port to listen on'));
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`PORT is not a port number: '${env['PORT']}'.`);
  }

  return {
    broker: need(env, 'ConnectionStrings__broker', "the broker's AMQP URI, such as amqp://user:password@host:5672"),
    ordering: url(env, 'services__ordering__http__0', "the base address of ordering's HTTP API"),
    port,
    host: env['NODE_ENV'] === 'development' ? '127.0.0.1' : undefined,
  };
}

function need(env: NodeJS.ProcessEnv, name: string, meaning: string): string {
  const value = env[name];
  if (!value) {
    throw new Error(`The environment variable ${name} is missing: ${meaning}. The AppHost sets it; set it yourself to start the service alone.`);
  }

  return value;
}

function url(env: NodeJS.ProcessEnv, name: string, meaning: string): URL {
  const value = need(env, name, meaning);
  if (!URL.canParse(value)) {
    throw new Error(`The environment variable ${name} is not a URL: '${value}'. It is ${meaning}.`);
  }

  return new URL(value);
}
